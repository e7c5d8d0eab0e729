"""What the public pages say about the office, as its administrator writes it."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office
from foundation.forms import HelpedForm


def line(label: Any, *, limit: int, direction: str = "auto", **kwargs: Any) -> forms.CharField:
    """Return one line of text."""
    widget = forms.TextInput({"autocomplete": "off", "dir": direction})
    return forms.CharField(label=label, max_length=limit, widget=widget, **kwargs)


class OfficeForm(HelpedForm):
    """Name, address, phones, and for each language of the site the hours in its words.

    `cleaned_data` holds fields of Office: those with `_in` as {language: words}.
    """

    HOURS: ClassVar = {
        "hours_in": _("Hours, in %(language)s"),
        "other_hours_in": _("Hours of the other phone, in %(language)s"),
    }
    name = line(_("Name"), limit=120)
    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )
    phone = line(_("Phone"), limit=40, direction="ltr", required=False)
    other_phone = line(
        _("A phone for other hours"),
        limit=40,
        direction="ltr",
        required=False,
        help_text=_("Somebody else's line, for when nobody of yours answers."),
    )
    field_order = ("name", "address", "phone")

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        initial = {name: getattr(office, name) for name in ("name", "address", "phone", "other_phone")}
        for name in self.HOURS:
            initial |= {f"{name}_{code}": words for code, words in getattr(office, name).items()}
        super().__init__(*args, initial=initial, **kwargs)
        hours, other_hours = ({n: self._hours(n, c) for c, n in self._names(name)} for name in self.HOURS)
        self.fields |= hours
        self.fields["other_phone"] = self.fields.pop("other_phone")  # its hours stand under it
        self.fields |= other_hours

    @staticmethod
    def _names(name: str) -> list[tuple[str, str]]:
        """Return (language, field) of the hours in every language of the site."""
        return [(code, f"{name}_{code}") for code, _label in settings.LANGUAGES]

    def _hours(self, field: str, code: str) -> forms.CharField:
        own = get_language_info(code)["name_translated"]
        label = self.HOURS[field.removesuffix(f"_{code}")] % {"language": own}
        return line(label, limit=120, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.HOURS:
            spoken = {code: cleaned.pop(field, "") for code, field in self._names(name)}
            cleaned[name] = {code: words for code, words in spoken.items() if words}
        return cleaned

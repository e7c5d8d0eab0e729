"""What the public pages say about the office, as its administrator writes it."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office
from foundation.forms import HelpedForm, line


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
    look_days = forms.IntegerField(
        label=_("Within how many business days does a person read a form?"),
        min_value=1,
        max_value=20,
        required=False,
        help_text=_("Who sends a form reads that day, and staff must look by it. Empty: none is promised."),
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        kept = ("name", "address", "phone", "other_phone", "look_days")
        initial = {name: getattr(office, name) for name in kept}
        for name in self.HOURS:
            initial |= {f"{name}_{code}": words for code, words in getattr(office, name).items()}
        super().__init__(*args, initial=initial, **kwargs)
        for name in self.HOURS:
            self.fields |= {field: self._hours(field, code) for code, field in self._names(name)}
        phones = ("phone", *self._fields("hours_in"), "other_phone", *self._fields("other_hours_in"))
        self.order_fields(["name", "address", *phones, "look_days"])

    def _fields(self, name: str) -> list[str]:
        return [field for _code, field in self._names(name)]

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

"""What the public pages say about the office, as its administrator writes it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office
from foundation.accounts.office_changes import mark_of
from foundation.forms import HelpedForm, day_field, line


class OfficeForm(HelpedForm):
    """Name, address, phones, notice, and for each language of the site what is said in its words.

    `cleaned_data` holds fields of Office, those with `_in` as {language: words}, and `seen`, `starts_on` as
    `change_office` takes them. `seen` travels along, so that nobody overwrites what they never saw.
    """

    # {field of Office: (its label, the longest it may be, in how many rows)}
    WORDS: ClassVar = {
        "hours_in": (_("Hours, in %(language)s"), 120, 1),
        "other_hours_in": (_("Hours of the other phone, in %(language)s"), 120, 1),
        "notice_in": (_("Notice, in %(language)s"), 300, 2),
        "shut_in": (_("What people read while the form is shut, in %(language)s"), 300, 2),
        "reviewed_in": (_("Who read every page in %(language)s, and when"), 120, 1),
    }
    PLAIN: ClassVar = (
        *("name", "address", "phone", "other_phone", "look_days"),
        *("notice_from", "notice_until", "exit_url"),
    )
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
    notice_from = day_field(_("First day of the notice"), help_text=_("Empty: from now on."))
    notice_until = day_field(_("Last day of the notice"), help_text=_("Empty: until you take it away."))
    exit_url = forms.URLField(
        label=_("Where the button Leave leads"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr", "inputmode": "url"}),
        help_text=_("An everyday page that says nothing of who was here. Empty: a weather page."),
    )
    starts_on = day_field(
        _("From which day?"), help_text=_("Empty: at once. A later day: from that morning on.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        initial = {name: getattr(office, name) for name in self.PLAIN}
        for name in self.WORDS:
            initial |= {f"{name}_{code}": words for code, words in getattr(office, name).items()}
        initial |= {f"place_{code}": place for place, code in enumerate(office.offered, 1)}
        initial["seen"] = mark_of(office, self.names())
        super().__init__(*args, initial=initial, **kwargs)
        for name in self.WORDS:
            self.fields |= {field: self._words(name, code) for code, field in self._names(name)}
        del self.fields[f"reviewed_in_{settings.LANGUAGE_CODE}"]  # they are written in it
        self.fields |= {f"place_{code}": _place(code) for code, _label in settings.LANGUAGES}
        self.helper.layout = Layout("seen", *(Fieldset(title, *names) for title, names in self._parts()))

    @classmethod
    def names(cls) -> list[str]:
        """Return the fields of Office that this page changes."""
        return [*cls.PLAIN, *cls.WORDS, "languages"]

    def _parts(self) -> Iterator[tuple[Any, list[str]]]:
        phones = ["phone", *self._fields("hours_in"), "other_phone", *self._fields("other_hours_in")]
        yield _("Who we are"), ["name", "address", *phones]
        yield _("What we promise"), ["look_days"]
        places = [f"place_{code}" for code, _label in settings.LANGUAGES]
        yield _("Languages of the public pages"), [*places, *self._fields("reviewed_in")]
        yield (
            _("A notice on every public page"),
            [*self._fields("notice_in"), "notice_from", "notice_until"],
        )
        yield _("While the form is shut"), self._fields("shut_in")
        yield _("Leaving in a hurry"), ["exit_url"]
        yield _("When"), ["starts_on"]

    def _fields(self, name: str) -> list[str]:
        return [field for _code, field in self._names(name) if field in self.fields]

    @staticmethod
    def _names(name: str) -> list[tuple[str, str]]:
        """Return (language, field) of some words in every language of the site."""
        return [(code, f"{name}_{code}") for code, _label in settings.LANGUAGES]

    def _words(self, name: str, code: str) -> forms.CharField:
        label, limit, rows = self.WORDS[name]
        own = get_language_info(code)["name_translated"]
        if rows == 1:
            return line(label % {"language": own}, limit=limit, required=False)
        widget = forms.Textarea({"rows": rows, "dir": "auto", "autocomplete": "off"})
        return forms.CharField(
            label=label % {"language": own}, max_length=limit, required=False, widget=widget
        )

    def clean_exit_url(self) -> str:
        """Refuse an address that whoever watches the line could read, or that is this site's own."""
        url: str = self.cleaned_data["exit_url"]
        if url and not url.startswith("https://"):
            raise forms.ValidationError(_("Write an address that begins with https://."))
        if url and url.startswith(settings.SITE_URL):
            raise forms.ValidationError(_("This is our own site. Choose an everyday page elsewhere."))
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.WORDS:
            spoken = {code: cleaned.pop(field, "") for code, field in self._names(name)}
            cleaned[name] = {code: words for code, words in spoken.items() if words}
        cleaned["languages"] = self._languages(cleaned)
        first, last = cleaned.get("notice_from"), cleaned.get("notice_until")
        if first and last and last < first:
            self.add_error("notice_until", _("The last day is before the first."))
        return cleaned

    def _languages(self, cleaned: dict[str, Any]) -> list[str]:
        """Return the languages in the order of their places; those without one are not offered."""
        places = {code: cleaned.pop(f"place_{code}", None) for code, _label in settings.LANGUAGES}
        offered = sorted((place, code) for code, place in places.items() if place)
        if not offered:
            self.add_error(f"place_{settings.LANGUAGE_CODE}", _("At least one language is needed."))
        elif len({place for place, _code in offered}) < len(offered):
            self.add_error(f"place_{offered[0][1]}", _("Two languages have the same place."))
        codes = [code for _place, code in offered]
        # All of them in the program's order is what stands where nobody chose.
        return [] if codes == [code for code, _label in settings.LANGUAGES] else codes

    def show_what_stands(self, office: Office) -> None:
        """Write beside each box that differs what stands there now; saved again, the boxes win."""
        stands = {name: getattr(office, name) for name in self.PLAIN}
        for name in self.WORDS:
            stands |= {field: getattr(office, name).get(code, "") for code, field in self._names(name)}
        del stands[f"reviewed_in_{settings.LANGUAGE_CODE}"]
        offered = office.offered
        stands |= {
            f"place_{code}": offered.index(code) + 1 if code in offered else None
            for code, _label in settings.LANGUAGES
        }
        for name, now in stands.items():
            if self.fields[name].has_changed(now, self[name].value()):
                self[name].help_text = _now("Now: %(what)s") % {"what": now or "–"}
        self.data = {
            **{name: self.data.get(name) for name in self.data},
            "seen": mark_of(office, self.names()),
        }


def _place(code: str) -> forms.IntegerField:
    """Return the field for the place of a language among those on offer."""
    own = get_language_info(code)["name_translated"]
    return forms.IntegerField(
        label=_("Place of %(language)s") % {"language": own},
        help_text=_("1 is first. Empty: it is not offered."),
        min_value=1,
        max_value=len(settings.LANGUAGES),
        required=False,
    )


class ReceiptForm(HelpedForm):
    """What stands on the paper of a receipt beside its numbers. `seen` and `starts_on` as of OfficeForm."""

    CHOICES: ClassVar = [
        ("name", _("The name of the office, where the person ticks the box")),
        ("phone", _("The phone")),
        ("hours", _("The hours of the phone")),
        ("other_phone", _("The phone for other hours")),
        ("web", _("The web address to come back to")),
    ]
    receipt_shows = forms.MultipleChoiceField(
        label=_("On the paper"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_on = day_field(
        _("From which day?"), help_text=_("Empty: at once. A later day: from that morning on.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        initial = {"receipt_shows": office.receipt_shows, "seen": mark_of(office, ["receipt_shows"])}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_receipt_shows(self) -> list[str]:
        """Keep a way back: whoever has the paper alone must find us."""
        shown = [code for code, _words in self.CHOICES if code in self.cleaned_data["receipt_shows"]]
        if not {"phone", "web"} & set(shown):
            raise forms.ValidationError(_("Leave the phone or the web address: it is the way back to us."))
        return shown

    def show_what_stands(self, office: Office) -> None:
        """Say what stands now; saved again, the boxes win."""
        words = dict(self.CHOICES)
        now = ", ".join(str(words[code]) for code in office.receipt_shows)
        self["receipt_shows"].help_text = _now("Now: %(what)s") % {"what": now or "–"}
        sent = {name: self.data.getlist(name) for name in self.data}  # type: ignore[attr-defined]
        self.data = MultiValueDict({**sent, "seen": [mark_of(office, ["receipt_shows"])]})

"""An organization of the directory as somebody types it, what the list is asked for, and a file to import."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directory.models import DETAILS, Help, Known, Organization, Relief, Taking
from foundation.filters import Filter
from foundation.forms import HelpedForm, line
from foundation.languages import language_choices, languages
from foundation.languages.words import NAMES
from foundation.states import STATES, all_states


def some(label: Any, choices: Any = (), **kwargs: Any) -> forms.MultipleChoiceField:
    """Return a question with several answers, or none."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


def one(label: Any, choices: Any, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=initial, widget=forms.RadioSelect)


class OrganizationForm(HelpedForm):
    """What is known of an organization: the fields of DETAILS, and whether all of it was checked today."""

    name = line(_("Name"), limit=160)
    helps_with = some(_("What kind of help?"), Help.choices)
    relief = some(_("For which protection?"), Relief.choices, help_text=_("Nothing chosen: not known."))
    taking = one(_("Does it take new people now?"), Taking.choices, Taking.UNKNOWN)
    takes_held = one(_("Does it help people whom immigration holds?"), Known.choices, Known.UNKNOWN)
    takes_children = one(_("Does it help children who are alone?"), Known.choices, Known.UNKNOWN)
    everywhere = forms.BooleanField(label=_("Helps in every state, from afar"), required=False)
    states = some(_("States it helps in"))
    cities = line(_("Cities or counties"), limit=200, required=False)
    languages = some(_("Languages it works in"), help_text=_("Nothing chosen: not known."))
    phone = line(_("Phone"), limit=40, direction="ltr", required=False)
    web = line(_("Web address"), limit=200, direction="ltr", required=False)
    walk_in = line(_("Where and when people can walk in"), limit=300, required=False)
    email = forms.EmailField(
        label=_("E-mail for referrals"),
        required=False,
        help_text=_("The link of a hand-over goes there. It is never shown to the public."),
        widget=forms.EmailInput({"autocomplete": "off", "dir": "ltr"}),
    )
    say_first = line(_("What to say first there"), limit=300, required=False)
    is_public = forms.BooleanField(
        label=_("Show it on the public page of other help"),
        required=False,
        help_text=_("Without the e-mail. What was not checked for 180 days is not shown."),
    )
    is_checked = forms.BooleanField(label=_("I made sure today that all of this holds"), required=False)

    def __init__(self, *args: Any, organization: Organization | None = None, **kwargs: Any) -> None:
        if organization:
            kwargs["initial"] = {name: getattr(organization, name) for name in DETAILS}
        super().__init__(*args, **kwargs)
        self.fields["states"].choices = all_states()  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]

    def clean_web(self) -> str:
        """Take a web address with or without what stands before its name, and no other kind of address."""
        web: str = self.cleaned_data["web"]
        if not web:
            return ""
        whole = web if "://" in web else f"https://{web}"
        URLValidator(["http", "https"], message=_("This is not a web address."))(whole)
        return whole

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ways = ("phone", "web", "walk_in", "email")
        if not any(cleaned.get(way) or way in self.errors for way in ways):
            self.add_error("phone", _("Write down one way at least to reach them."))
        return cleaned


class ChangeForm(OrganizationForm):
    """The same of an organization that is there: it carries which state of it was read."""

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen

    def shown_beside(self, seen: str) -> None:
        """Take up the state that the page shows now; what was typed stays."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = seen
        self.data = data


Rows = QuerySet[Organization]


def _there(rows: Rows, value: str) -> Rows:
    return rows.filter(ended_at__isnull=value != "out")


def _in_state(rows: Rows, value: str) -> Rows:
    return rows.filter(Q(states__contains=[value]) | Q(everywhere=True)) if value else rows


def _speaking(rows: Rows, value: str) -> Rows:
    return rows.filter(languages__contains=[value]) if value else rows


def _helping(rows: Rows, value: str) -> Rows:
    return rows.filter(helps_with__contains=[value]) if value else rows


def _taking(rows: Rows, value: str) -> Rows:
    return rows.filter(taking=value) if value else rows


class ListForm(forms.Form):
    """Which organizations the list shows; `check` leaves those that somebody should check."""

    state = Filter(label=_("State"), choices=[("", _("Any")), *STATES.items()], narrow=_in_state)
    language = Filter(
        label=_("Language"),
        choices=[("", _("Any")), *NAMES.items()],
        narrow=_speaking,
    )
    help = Filter(label=_("Help"), choices=[("", _("Any")), *Help.choices], narrow=_helping)
    taking = Filter(label=_("New people"), choices=[("", _("Any")), *Taking.choices], narrow=_taking)
    there = Filter(
        label=_("List"), choices=[("", _("In the directory")), ("out", _("Taken out"))], narrow=_there
    )
    check = forms.ChoiceField(
        label=_("Checked"), choices=[("", _("Any")), ("due", _("To be checked"))], required=False
    )


class PublicForm(forms.Form):
    """What somebody who seeks help narrows the public list by: asked in the address, kept nowhere."""

    state = forms.ChoiceField(label=_("Which state?"), required=False)
    language = forms.ChoiceField(label=_("Which language?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = sorted(((one.code, one.native_name) for one in languages()), key=lambda one: one[1])
        self.fields["state"].choices = [("", _("All states")), *all_states()]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("All languages")), *spoken]  # type: ignore[attr-defined]


class RowForm(OrganizationForm):
    """One line of a list."""

    checked_on = forms.DateField(
        label=_("The day somebody made sure of it"), input_formats=["%Y-%m-%d"], required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_checked_on(self) -> date | None:
        day: date | None = self.cleaned_data["checked_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day has not come."))
        return day

"""What staff fill in about names."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from conflicts.models import PartyRole
from conflicts.rules.a_numbers import is_a_number
from foundation.accounts.models import User
from foundation.calendar import PartialDate
from foundation.forms import HelpedForm

ADDED = [
    role
    for role in PartyRole
    if role
    not in (
        PartyRole.APPLICANT,
        PartyRole.OTHER_NAME,
        PartyRole.ADVERSE,
        PartyRole.STAFF,
        PartyRole.BOARD,
    )
]
NAME = forms.TextInput({"autocomplete": "off", "dir": "auto"})


class PartyForm(HelpedForm):
    role = forms.ChoiceField(label=_("Who is it?"), choices=[(role.value, role.label) for role in ADDED])
    name = forms.CharField(label=_("Name"), max_length=400, widget=NAME)
    birth_date = forms.CharField(
        label=_("Born"),
        help_text=_("Year-month-day or only the year, if you know it."),
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries]  # type: ignore[attr-defined]

    def clean_birth_date(self) -> str:
        value = self.cleaned_data["birth_date"].strip()
        try:
            return PartialDate.parse(value).isoformat() if value else ""
        except ValueError as error:
            raise ValidationError(_("Write it like 1980-05-06, or only the year.")) from error


class DecisionForm(HelpedForm):
    """The words of the two choices depend on what was found."""

    confirmed = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, no: Any, yes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confirmed"].choices = [("no", no), ("yes", yes)]  # type: ignore[attr-defined]

    def clean_confirmed(self) -> bool:
        return bool(self.cleaned_data["confirmed"] == "yes")


class NamesForm(HelpedForm):
    names = forms.CharField(
        label=_("Names to add"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, help_text: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].help_text = help_text

    def clean_names(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class ANumberForm(HelpedForm):
    a_number = forms.CharField(
        label=_("A-Number"),
        max_length=30,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}),
    )

    def clean_a_number(self) -> str:
        value: str = self.cleaned_data["a_number"]
        if not is_a_number(value):
            raise ValidationError(_("Write an A and 7 to 9 digits."))
        return value


class SearchForm(HelpedForm):
    q = forms.CharField(
        label=_("Name, A-Number, phone, e-mail, receipt or case"),
        max_length=400,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto", "type": "search"}),
    )


class FenceForm(HelpedForm):
    user = forms.ModelChoiceField(label=_("Keep off this case"), queryset=User.objects.none())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]

"""Why and since when a case is closed, and why it is opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import ClosingReason
from foundation.forms import HelpedForm, day_field


class ClosingForm(HelpedForm):
    """The end of a case."""

    reason = forms.ChoiceField(
        label=_("How did it end?"), choices=ClosingReason.choices, widget=forms.RadioSelect
    )
    ended_on = day_field(_("On which day?"), required=True)
    note = forms.CharField(
        label=_("Note"),
        help_text=_(
            "What was decided or told. If nobody can reach them, the contact log says what was tried."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )
    papers_returned = forms.BooleanField(label=_("Their papers were given back"), required=False)
    held_by = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class SecondForm(HelpedForm):
    """What a second person, or whoever asked, says of a step."""

    answer = forms.ChoiceField(
        choices=[("confirm", "confirm"), ("refuse", "refuse"), ("drop", "drop")], widget=forms.HiddenInput
    )


class ReopenForm(HelpedForm):
    """Why a case goes on after all."""

    why = forms.CharField(
        label=_("Why does it go on?"), max_length=2000, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )

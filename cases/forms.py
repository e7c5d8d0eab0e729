from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Track
from foundation.forms import HelpedForm
from screening.models import Band, Outcome


class TriageForm(HelpedForm):
    """A person's decision: the machine's proposal is filled in, and every part may be changed."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    track = forms.ChoiceField(label=_("Track"), choices=Track.choices)
    band = forms.ChoiceField(label=_("Urgency"), choices=Band.choices)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed if you change the outcome or lower the urgency."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class DeclineCaseForm(HelpedForm):
    reason = forms.CharField(
        label=_("Why is the case declined?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class NoteForm(HelpedForm):
    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )

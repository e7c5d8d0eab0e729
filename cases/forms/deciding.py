"""What people decide about a case: its outcome, its urgency, that it is declined; and notes."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import reason_field
from cases.models import HowTold, Track
from foundation.forms import HelpedForm
from screening.models import Band, Outcome


class DecisionForm(HelpedForm):
    """A person's decision on a screening: the proposal is filled in, and every part may be changed.

    It carries the screening that was read, so that nobody decides on one they have not seen.
    """

    screening = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    band = forms.ChoiceField(label=_("Urgency"), choices=Band.choices)
    reason = reason_field(
        _("Reason"),
        rows=3,
        help_text=_("Needed if you change the outcome or lower the urgency."),
        required=False,
    )

    def shown_beside(self, screening: UUID) -> None:
        """Take up the screening that the page shows now; what was typed stays."""
        self.data = {name: self.data.get(name) for name in self.data} | {"screening": str(screening)}


class TriageForm(DecisionForm):
    """A person's decision when a case comes in, with the track."""

    track = forms.ChoiceField(label=_("Track"), choices=Track.choices)
    field_order = ("screening", "outcome", "track", "band", "reason")


class TellForm(HelpedForm):
    """How the person heard how their case ended."""

    how = forms.ChoiceField(
        label=_("How did you tell them?"),
        choices=[(how.value, how.label) for how in (HowTold.IN_PERSON, HowTold.SAFE_WAY)],
        widget=forms.RadioSelect,
    )


class NoteForm(HelpedForm):
    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )


class ReviewForm(DecisionForm):
    """A person's look at a newer screening: confirm it as it is, or depart from it with a reason."""

    field_order = ("screening", "outcome", "band", "reason")

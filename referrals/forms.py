from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm, day_field
from referrals.models import DeclineReason, Practitioner, Queue
from referrals.queue_queries import QueueChoice


class ReferForm(HelpedForm):
    queue = forms.ModelChoiceField(
        label=_("Which queue?"), queryset=Queue.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, office: Any, choices: Sequence[QueueChoice] = (), **kwargs: Any) -> None:
        """`choices`: the open queues as shown, with how the case fits; to read what was sent, none."""
        super().__init__(*args, **kwargs)
        queues = office.queues.filter(closed_at=None).order_by("name")
        field: Any = self.fields["queue"]
        field.queryset = queues
        if choices:
            field.choices = [(choice.queue.pk, _labelled(choice)) for choice in choices]
        self.has_queues: bool = bool(choices) or queues.exists()


def _labelled(choice: QueueChoice) -> str:
    return f"{choice.queue.name} · {choice.words}" if choice.words else choice.queue.name


class OfferForm(HelpedForm):
    practitioner = forms.ModelChoiceField(
        label=_("Offer to"), queryset=Practitioner.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, office: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].queryset = Practitioner.objects.filter(office=office)  # type: ignore[attr-defined]


class AcceptForm(HelpedForm):
    no_conflict = forms.BooleanField(
        label=_("I have checked these names against my own clients, past and present. I have no conflict."),
        error_messages={"required": _("Check the names and tick this box to accept.")},
    )

    def __init__(self, *args: Any, is_for: bool = False, **kwargs: Any) -> None:
        """`is_for`: a coordinator gives the word for somebody of their firm."""
        super().__init__(*args, **kwargs)
        if is_for:
            self.fields["no_conflict"].label = _(
                "I have checked these names against the clients of our firm, past and present. It has no"
                " conflict, and the practitioner agrees to take the case."
            )


class DeclineForm(HelpedForm):
    reason = forms.ChoiceField(label=_("Why not?"), choices=DeclineReason.choices, widget=forms.RadioSelect)


class EngagementForm(HelpedForm):
    signed_on = day_field(_("When was the engagement signed?"), required=True)

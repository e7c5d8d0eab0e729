from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm, day_field
from referrals.models import DeclineReason, EngagementScope, Practitioner, Queue, RescindReason
from referrals.queue_queries import QueueChoice

TIMES = [
    (4 * 60, _("4 working hours")),
    (8 * 60, _("1 working day")),
    (16 * 60, _("2 working days")),
    (24 * 60, _("3 working days")),
    (40 * 60, _("5 working days")),
]
# As the caseworker picks it; whoever was asked reads the words of RescindReason.
RESCIND_WORDS: dict[str, Any] = {
    RescindReason.FOUND: _("The person found help elsewhere"),
    RescindReason.CHANGED: _("What is asked for has changed"),
    RescindReason.MISTAKE: _("It was put to them by mistake"),
    RescindReason.OTHER: _("Another reason"),
}


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


class CascadeForm(HelpedForm):
    """Whom to ask one after the other, in the order of their places, and how long each has."""

    minutes = forms.TypedChoiceField(
        label=_("How long does each of them have?"),
        coerce=int,
        choices=TIMES,
        help_text=_("Their own working time: nights, weekends and holidays do not count."),
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Whom to ask, in this order"),
        queryset=Practitioner.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one practitioner.")},
    )

    def __init__(
        self, *args: Any, office: Any, ranked: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        """`ranked`: who may be asked, best fit first, with their words; to read what was sent, none."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = Practitioner.objects.filter(office=office).select_related("user", "office")
        self.show(ranked)

    def show(self, ranked: Sequence[tuple[int, str]]) -> None:
        """Show these people to choose from, in this order."""
        if ranked:
            self.fields["people"].choices = ranked  # type: ignore[attr-defined]

    def in_order(self, people: Iterable[Practitioner]) -> list[Practitioner]:
        """Return people in the order in which they were sent: that in which the page showed them."""
        chosen = {str(one.pk): one for one in people}
        sent: list[str] = self.data.getlist("people")  # type: ignore[attr-defined]
        return [chosen[key] for key in dict.fromkeys(sent) if key in chosen]


class RescindForm(HelpedForm):
    reason = forms.ChoiceField(
        label=_("Why is it taken back?"),
        choices=[(one.value, RESCIND_WORDS[one]) for one in RescindReason if one in RESCIND_WORDS],
        widget=forms.RadioSelect,
    )


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
    scope = forms.ChoiceField(
        label=_("For what?"), choices=[("", _("Not said yet")), *EngagementScope.choices], required=False
    )

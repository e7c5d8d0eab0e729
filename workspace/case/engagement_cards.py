"""The engagement of whoever holds a case, and who held it before, as the tab of the referral shows them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _lazy

from foundation.accounts.models import User
from foundation.badges import Badge
from foundation.vault.opening import open_many
from referrals.asked_over import asked_over
from referrals.models import AppearanceState, Assignment, Offer, OfferStatus, PapersBack


@dataclass(frozen=True)
class FormStands:
    """How one form of appearance stands."""

    label: str
    state: Badge
    filed_on: date | None


@dataclass(frozen=True)
class EngagementCard:
    """For what somebody is engaged, "" where nobody said; `note` is from the colleague who held it before."""

    scope: str
    letter: str
    letter_id: uuid.UUID | None
    forms: list[FormStands]
    note: str
    note_by: str
    asked: str
    is_mine: bool


@dataclass(frozen=True)
class Earlier:
    """Who held the case before, how that ended, and what became of the papers."""

    id: uuid.UUID
    practitioner: str
    since: date
    until: date
    how: str
    papers: str
    papers_open: bool


def engagement_card(held: Assignment, user: User, offers: Sequence[Offer]) -> EngagementCard:
    """Return the engagement of whoever holds a case; `offers` are the case's, where the reader sees them."""
    open_ones = (one for one in offers if one.hands_on_id == held.offer_id and one.status == OfferStatus.OPEN)
    asked, offer = next(open_ones, None) or (None if offers else asked_over(held)), held.offer
    note = ""
    if offer.hands_on_id and offer.hand_on_note is not None:
        note = open_many([offer], "hand_on_note", purpose="case page")[offer.pk].hand_on_note
    return EngagementCard(
        scope=str(held.get_scope_display() or ""),
        letter=str(held.get_letter_how_display() or ""),
        letter_id=held.letter_id,
        forms=[
            FormStands(str(one.get_form_display()), AppearanceState(one.state).badge, one.filed_on)
            for one in held.appearances.order_by("form")
        ],
        note=note,
        note_by=offer.offered_by.name if note else "",
        asked=str(asked.practitioner) if asked else "",
        is_mine=held.user_id == user.pk,
    )


# How an assignment ended, as others read it.
ENDED: dict[str, Any] = {
    "given_back": _lazy("gave it back"),
    "taken_back": _lazy("it was taken back"),
    "closed": _lazy("the case was closed"),
    "left": _lazy("left, or was away"),
    "overdue": _lazy("signed no engagement in time"),
    "handed_on": _lazy("a colleague took it over"),
}


def earlier_of(rows: Iterable[Assignment]) -> list[Earlier]:
    """Return who held a case before, in the order of the rows."""
    return [
        Earlier(
            one.pk,
            str(one.practitioner),
            one.office.today(one.reserved_at),
            one.office.today(one.ended_at),
            str(ENDED.get(one.ended_how, "")),
            str(one.get_papers_back_display() or ""),
            one.papers_back in ("", PapersBack.NOT_YET),
        )
        for one in rows
        if one.ended_at
    ]

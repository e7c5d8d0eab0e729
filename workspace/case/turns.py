"""The picture of an offer, its clock and its cascade: who was asked, who is, who comes next."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Case
from foundation.badges import QUIET, WARN, Badge
from referrals.models import Cascade, CascadeStep, HowCascadeEnded, Offer, OfferStatus
from referrals.pausing import is_paused, minutes_left

HOUR = 60


@dataclass(frozen=True)
class Clock:
    """How much working time is left, in words and of a hundred; `paused_until` where it stands still."""

    words: str
    left: int
    until: datetime
    paused_until: datetime | None


def clock_of(offer: Offer, *, at: datetime) -> Clock:
    """Return the clock of an open offer: it runs in the practitioner's own working time."""
    paused = offer.paused_until if is_paused(offer, at=at) else None
    left = minutes_left(offer, at=at)
    of_all = max(offer.minutes, left, 1)
    return Clock(time_words(left), round(100 * left / of_all), offer.expires_at, paused)


def time_words(minutes: int) -> str:
    """Say how much working time is left: in hours, below one in minutes."""
    if minutes < HOUR:
        return _("Working minutes left: %(n)s") % {"n": minutes}
    return _("Working hours left: %(n)s") % {"n": minutes // HOUR}


@dataclass(frozen=True)
class Turn:
    """One of a cascade: what became of asking them, or that they come next or later."""

    place: int
    name: str
    state: Badge
    detail: str
    clock: Clock | None


@dataclass(frozen=True)
class Turns:
    """A cascade: `ended` says how it ended, "" while it lives."""

    id: uuid.UUID
    turns: list[Turn]
    ended: str
    begun_at: datetime
    begun_by: str


def turns_of(case: Case, *, at: datetime) -> Turns | None:
    """Return the newest cascade of a case, or None."""
    rows = Cascade.objects.filter(referral__case=case).select_related("made_by")
    one = rows.order_by("-made_at").first()
    if one is None:
        return None
    beside = ("practitioner__user", "practitioner__office", "offer__practitioner__user")
    steps = list(one.steps.select_related(*beside, "offer__practitioner__office"))
    coming = next((step.place for step in steps if not step.offer_id and not step.passed_at), None)
    return Turns(
        id=one.pk,
        turns=[_turn(step, case, coming if not one.ended_at else None, at=at) for step in steps],
        ended=str(HowCascadeEnded(one.ended_how).label) if one.ended_how else "",
        begun_at=one.made_at,
        begun_by=one.made_by.name,
    )


def _turn(step: CascadeStep, case: Case, coming: int | None, *, at: datetime) -> Turn:
    offer, name = step.offer, str(step.practitioner)
    if offer is None:
        state, detail = _not_asked(step, coming)
        return Turn(step.place, name, state, detail, None)
    clock = clock_of(offer, at=at) if offer.status == OfferStatus.OPEN else None
    if offer.practitioner_id != step.practitioner_id:
        name = f"{name} → {offer.practitioner}"
    return Turn(step.place, name, OfferStatus(offer.status).badge, answer_words(offer, case), clock)


def _not_asked(step: CascadeStep, coming: int | None) -> tuple[Badge, str]:
    if step.passed_at:
        return Badge(_("Passed over"), QUIET), str(step.get_passed_why_display())
    if coming is None:
        return Badge(_("Not asked"), QUIET), ""
    return (Badge(_("Next"), WARN), "") if step.place == coming else (Badge(_("Later"), QUIET), "")


def answer_words(offer: Offer, case: Case) -> str:
    """Say in a line what became of an offer: the day, and why not."""
    day: Any = case.office.today(offer.decided_at or offer.offered_at)
    why = str(offer.get_decline_reason_display() or offer.get_rescind_reason_display() or "")
    return " · ".join(part for part in (date_format(day, "MONTH_DAY_FORMAT"), why) if part)

"""Where every referral of an office stands and why it waits, and how long each step took lately."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Max, Min, Q

from cases.access import visible_to
from foundation.accounts.models import User
from foundation.calendar import is_business_day
from referrals.models import Assignment, Cascade, Offer, OfferStatus, Referral, ReferralStatus
from screening.models import Band

IDLE_DAYS, URGENT_IDLE_DAYS = 3, 1  # business days in which nobody was asked
URGENT: list[str] = [Band.CRITICAL, Band.HIGH, Band.MEDIUM, Band.ROUTINE]
LATELY = timedelta(days=180)
TENTH = 9  # of ten: the p90


@dataclass(frozen=True)
class Stand:
    """One referral that waits: `idle_days` business days without anybody asked, or without an engagement.

    `waits` is one of: turn (the next is asked in a moment), nobody, offer, engagement. `is_alarm`: longer
    than it should.
    """

    case_id: uuid.UUID
    reference: str
    band: str
    queue: str
    referred_on: date
    waits: str
    who: str
    until: datetime | None
    paused_until: datetime | None
    asked: int
    idle_days: int
    is_alarm: bool


def stands_of(user: User, *, at: datetime) -> list[Stand]:
    """Return an office's referrals that nobody represents yet: alarms first, then the most urgent."""
    live = Referral.objects.filter(case__in=visible_to(user).order_by(), case__closed_at=None)
    rows = live.exclude(status=ReferralStatus.RETURNED).exclude(
        Q(status=ReferralStatus.PLACED, case__assignments__engaged_on__isnull=False)
        & Q(case__assignments__ended_at=None)
    )
    referrals = list(rows.select_related("case", "queue", "office").distinct())
    beside = _beside(referrals)
    found = [_stand(one, beside, at=at) for one in referrals]
    return sorted(found, key=lambda one: (not one.is_alarm, URGENT.index(one.band), one.referred_on))


@dataclass(frozen=True)
class _Beside:
    """What is read once for all referrals; `asked`: how many were, and when the last one answered."""

    offers: dict[uuid.UUID, Offer]
    cascades: set[uuid.UUID]
    taken: dict[uuid.UUID, Assignment]
    asked: dict[uuid.UUID, tuple[int, datetime | None]]


def _beside(referrals: list[Referral]) -> _Beside:
    keys = [one.pk for one in referrals]
    live = Cascade.objects.filter(referral__in=keys, ended_at=None)
    offers = Offer.objects.filter(referral__in=keys).select_related("practitioner__user")
    taken = Assignment.objects.filter(offer__referral__in=keys, ended_at=None)
    asked: dict[uuid.UUID, list[Any]] = {}
    for key, decided in offers.values_list("referral", "decided_at"):
        asked.setdefault(key, []).append(decided)
    return _Beside(
        offers={one.referral_id: one for one in offers.filter(status=OfferStatus.OPEN)},
        cascades=set(live.values_list("referral", flat=True)),
        taken={one.case_id: one for one in taken.select_related("practitioner__user")},
        asked={key: (len(each), max(filter(None, each), default=None)) for key, each in asked.items()},
    )


def _stand(one: Referral, beside: _Beside, *, at: datetime) -> Stand:
    offer, taken = beside.offers.get(one.pk), beside.taken.get(one.case_id)
    asked, answered = beside.asked.get(one.pk, (0, None))
    waits, since, allowed = _waits(one, offer, taken, beside, answered)
    idle = _business_days(one, since, at=at) if since else 0
    holder = taken or offer  # a colleague may be asked to take over what somebody holds
    return Stand(
        case_id=one.case_id,
        reference=one.case.reference,
        band=one.case.band,
        queue=one.queue.name,
        referred_on=one.office.today(one.referred_at),
        waits=waits,
        who=str(holder.practitioner) if holder else "",
        until=offer.expires_at if offer else None,
        paused_until=offer.paused_until if offer and offer.paused_until and offer.paused_until > at else None,
        asked=asked,
        idle_days=idle,
        is_alarm=since is not None and idle >= allowed,
    )


def _waits(
    one: Referral, offer: Offer | None, taken: Assignment | None, beside: _Beside, answered: datetime | None
) -> tuple[str, datetime | None, int]:
    """Return for what a referral waits, since when nobody moved it, and for how many days that may be."""
    if taken:
        return "engagement", taken.reserved_at, 5
    if offer:
        return "offer", None, 0
    if one.pk in beside.cascades:
        return "turn", None, 0
    days = URGENT_IDLE_DAYS if one.case.band == Band.CRITICAL else IDLE_DAYS
    return "nobody", max(filter(None, (one.referred_at, answered))), days


def _business_days(one: Referral, since: datetime, *, at: datetime) -> int:
    day, today = one.office.today(since), one.office.today(at)
    return sum(is_business_day(day + timedelta(days=n)) for n in range(1, (today - day).days + 1))


@dataclass(frozen=True)
class Step:
    """One step of the way: how many came to it, and how many days it took, for half and for nine of ten."""

    key: str
    cases: int
    half: float | None
    most: float | None


def funnel_of(user: User, *, at: datetime) -> list[Step]:
    """Return how far the referrals of the last half-year came, and how long each step took."""
    rows = Referral.objects.filter(case__in=visible_to(user).order_by(), referred_at__gte=at - LATELY)
    timed = rows.annotate(
        first=Min("offers__offered_at"),
        yes=Max("offers__decided_at", filter=Q(offers__status=OfferStatus.ACCEPTED)),
        signed=Max("offers__assignment__engaged_recorded_at"),
    ).values_list("case__triaged_at", "referred_at", "first", "yes", "signed")
    listed = list(timed)
    return [
        _step("referred", [(row[0], row[1]) for row in listed]),
        _step("asked", [(row[1], row[2]) for row in listed]),
        _step("accepted", [(row[2], row[3]) for row in listed]),
        _step("signed", [(row[3], row[4]) for row in listed]),
    ]


def _step(key: str, pairs: Iterable[tuple[datetime | None, datetime | None]]) -> Step:
    reached = [(start, end) for start, end in pairs if end]
    days = sorted(max((end - start).total_seconds(), 0) / 86400 for start, end in reached if start)
    most = days[min(len(days) * TENTH // 10, len(days) - 1)] if days else None
    half = round(median(days), 1) if days else None
    return Step(key, len(reached), half, None if most is None else round(most, 1))

"""The page of all referrals: where each stands and why it waits; the way as a whole, with its times."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from foundation.accounts.models import Office, User
from foundation.badges import BAD, QUIET, WARN, Badge
from referrals.placing_queries import Stand, funnel_of, stands_of
from screening.models import Band
from workspace.strip import case_tab
from workspace.work.queries import moment_words

STATES: dict[str, tuple[Any, str]] = {
    "turn": (_lazy("Asked in turn"), WARN),
    "nobody": (_lazy("Nobody is asked"), QUIET),
    "offer": (_lazy("Offered"), WARN),
    "engagement": (_lazy("Reserved"), WARN),
}
STEPS: dict[str, Any] = {
    "referred": _lazy("Put into a queue, after triage"),
    "asked": _lazy("Somebody asked first, after that"),
    "accepted": _lazy("Accepted, after that"),
    "signed": _lazy("Engagement signed, after that"),
}


@dataclass(frozen=True)
class Line:
    """One referral in words."""

    case_id: uuid.UUID
    address: str
    reference: str
    band: Badge
    queue: str
    since: date
    state: Badge
    why: str
    asked: str


@dataclass(frozen=True)
class WayStep:
    """One step of the way in words: how many, how long for half of them and for nine of ten."""

    words: str
    cases: int
    half: str
    most: str
    share: int


@dataclass(frozen=True)
class PlacingPage:
    """Every referral that waits, how many too long, and the way of the last half-year."""

    lines: list[Line]
    alarms: int
    way: list[WayStep]


def placing_page(user: User, office: Office, *, at: datetime) -> PlacingPage:
    """Return the page of referrals for one caseworker."""
    stands, way = stands_of(user, at=at), funnel_of(user, at=at)
    all_of_them = max((step.cases for step in way), default=0) or 1
    return PlacingPage(
        lines=[_line(one, office) for one in stands],
        alarms=sum(one.is_alarm for one in stands),
        way=[
            WayStep(
                str(STEPS[step.key]),
                step.cases,
                _days(step.half),
                _days(step.most),
                round(100 * step.cases / all_of_them),
            )
            for step in way
        ],
    )


def _line(one: Stand, office: Office) -> Line:
    words, tone = STATES[one.waits]
    asked = _("Asked so far: %(n)s") % {"n": one.asked}
    return Line(
        case_id=one.case_id,
        address=case_tab(one.case_id, "referral"),
        reference=one.reference,
        band=Band(one.band).badge,
        queue=one.queue,
        since=one.referred_on,
        state=Badge(words, BAD if one.is_alarm else tone),
        why=_why(one, office),
        asked=asked if one.asked else "",
    )


def _why(one: Stand, office: Office) -> str:
    """Say why a referral waits, and for whom."""
    if one.waits == "turn":
        return _("The next one is asked in a moment, or once the names are compared.")
    if one.waits == "offer" and one.until:
        moment = moment_words(one.paused_until or one.until, office.time_zone)
        who = {"who": one.who, "at": moment}
        if one.paused_until:
            return _("%(who)s looks for conflicts: the clock stands still until %(at)s.") % who
        return _("%(who)s has until %(at)s.") % who
    if one.waits == "engagement":
        words = _("%(who)s accepted; business days without a signed engagement: %(days)s.")
        return words % {"who": one.who, "days": one.idle_days}
    return _("Business days in which nobody was asked: %(days)s.") % {"days": one.idle_days}


def _days(days: float | None) -> str:
    return "–" if days is None else f"{days:g}"

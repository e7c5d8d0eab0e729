"""What more practitioners would have changed: recent referrals placed once more, over simulated time.

It reads the plain codes that lists go by and opens nothing sealed. What comes of it are numbers over all of
them, coarse, so that nobody can tell one person's case from a difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median_high

from cases.access import visible_to
from cases.codes import CUSTODY, LANGUAGE, STATE, value_of
from cases.models import Case, Track
from foundation.accounts.models import Office, User
from referrals.matching import candidate_of
from referrals.models import Offer, OfferStatus, Referral
from referrals.offering import usual_minutes
from referrals.queries import HELD, panel_of
from referrals.rules import Candidate, Hours, Need
from referrals.rules.simulation import (
    CASCADE,
    Arrival,
    Habit,
    Person,
    World,
    differing,
    habit_of,
    simulate,
)

LATELY = timedelta(days=180)
FEWEST = 10  # below it numbers would speak of single people
NEAREST = 5
NEWEST = 120  # as many as a page can wait for
SEEDS = (1, 2, 3)
ANSWERED = (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.EXPIRED)


@dataclass(frozen=True)
class More:
    """Practitioners that an office might win: how many, with which language, where, with how many places."""

    people: int
    language: str
    state: str
    places: int


@dataclass(frozen=True)
class Compared:
    """The same referrals with the panel as it is and with more: coarse; None where too few say anything."""

    referrals: int
    placed: int
    half: int | None
    most: int | None


@dataclass(frozen=True)
class WhatIf:
    """What was found, from and to which day; `is_enough` False where the months had too few referrals."""

    since: datetime
    is_enough: bool
    now: Compared | None = None
    then: Compared | None = None


def what_if(user: User, office: Office, more: More, *, at: datetime) -> WhatIf:
    """Return what would have come of an office's last half-year of referrals with more practitioners."""
    since = at - LATELY
    rows = Referral.objects.filter(case__in=visible_to(user).order_by(), referred_at__gte=since)
    newest = list(rows.select_related("case").order_by("-referred_at")[:NEWEST])[::-1]
    if len(newest) < FEWEST:
        return WhatIf(since, is_enough=False)
    hours = Hours(office.time_zone)
    habit = habit_of(_answers(office, since), hours)
    people = [
        Person(candidate_of(row, on=office.today(at), is_away=False), row.hours, habit)
        for row in panel_of(office).filter(user__is_active=True)
    ]
    arrivals = [Arrival(one.referred_at, _need(one.case), usual_minutes(one.case)) for one in newest]
    with_more = [*people, *_more(more, habit, hours)]
    return WhatIf(
        since,
        is_enough=True,
        now=_middle(arrivals, people, hours, at),
        then=_middle(arrivals, with_more, hours, at),
    )


def _answers(office: Office, since: datetime) -> list[tuple[str, datetime, datetime]]:
    rows = Offer.objects.filter(office=office, status__in=ANSWERED, offered_at__gte=since)
    listed = rows.values_list("status", "offered_at", "decided_at")
    return [(end, asked, decided) for end, asked, decided in listed if decided]


def _need(case: Case) -> Need:
    """Return what a case asks for, as far as its plain codes say."""
    return Need(
        value_of(case.codes, LANGUAGE),
        case.country,
        case.track,
        state=value_of(case.codes, STATE),
        is_held=value_of(case.codes, CUSTODY) in HELD,
        band=case.band,
    )


def _more(more: More, habit: Habit, hours: Hours) -> list[Person]:
    """Return the practitioners to be tried: they speak English and that language, and take every track."""
    one = Candidate(
        id=0,
        languages=sorted({"eng", more.language} - {""}),
        countries=[],
        tracks=list(Track.values),
        capacity=more.places,
        open_cases=0,
        accepting=True,
        has_credentials=True,
        states=[more.state] if more.state else [],
        takes_held=True,
    )
    return [Person(replace(one, id=-number), hours, habit) for number in range(1, more.people + 1)]


def _middle(arrivals: list[Arrival], people: list[Person], hours: Hours, at: datetime) -> Compared:
    """Return the middle of several runs, coarse."""
    runs = [
        simulate(World(arrivals, list(differing(people, seed)), hours, at, seed=seed), CASCADE)
        for seed in SEEDS
    ]
    return Compared(
        referrals=_coarse(len(arrivals)),
        placed=_coarse(_mid([one.placed for one in runs]) or 0),
        half=_days([one.half for one in runs]),
        most=_days([one.most for one in runs]),
    )


def _mid(numbers: Sequence[float | None]) -> float | None:
    known = [one for one in numbers if one is not None]
    return median_high(known) if known else None


def _days(numbers: Sequence[float | None]) -> int | None:
    middle = _mid(numbers)
    return None if middle is None else max(round(middle), 1)


def _coarse(number: float) -> int:
    return round(number / NEAREST) * NEAREST

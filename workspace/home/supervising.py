"""What a supervisor begins the day with: what waits for a second person, for a caseworker, for anybody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.looking import short_words
from cases.models import Case
from cases.queries import cases_of, caseworkers_of, most_urgent_first
from foundation.accounts.away import away_now
from foundation.accounts.models import Office, User
from foundation.badges import Badge
from referrals.queries import panel_of, waiting_referrals
from screening.models import Band
from workspace.home.seconds import ForSecond, for_second, to_look_at
from workspace.listing import case_address, look_by_of
from workspace.rows import BADGE, CODE, DAY, LOOK_BY, SOFT, STRONG, TEXT, Column, LookBy, Row

SHOWN = 12


@dataclass(frozen=True)
class Open(Row):
    """An open case that nobody is the caseworker of, or at which nobody looked in time."""

    band: Annotated[Badge, Column(BADGE)]
    reference: Annotated[str, Column(CODE)]
    next_short: Annotated[str, Column(SOFT)]
    caseworker: Annotated[str, Column(SOFT, at_end=True)]
    look_by: Annotated[LookBy, Column(LOOK_BY, at_end=True)]


@dataclass(frozen=True)
class Load(Row):
    """How much one person holds, a practitioner of how much they take; `oldest` case not triaged yet."""

    name: Annotated[str, Column(STRONG, heading=gettext_lazy("Who"))]
    holds: Annotated[str, Column(TEXT, heading=gettext_lazy("Open cases"))]
    critical: Annotated[str, Column(TEXT, heading=gettext_lazy("Critical"))]
    oldest: Annotated[date | None, Column(DAY, heading=gettext_lazy("Oldest not triaged"))]
    away: Annotated[str, Column(SOFT, heading=gettext_lazy("Away"))]


@dataclass(frozen=True)
class Longest(Row):
    """What has waited longest: since when, and for what."""

    what: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    since: Annotated[date, Column(DAY, at_end=True)]


@dataclass(frozen=True)
class Age:
    """How many cases have waited so long for their triage, and of them how many are urgent."""

    words: Any
    cases: int
    urgent: int
    is_late: bool


@dataclass(frozen=True)
class SupervisorHome:
    """What a supervisor begins the day with; of `unassigned` and `overdue` the first are shown."""

    name: str
    ageing: list[Age]
    for_second: list[ForSecond]
    to_look_at: list[ForSecond]
    unassigned: list[Open]
    unassigned_in_all: int
    overdue: list[Open]
    overdue_in_all: int
    loads: list[Load]
    longest: list[Longest]


def supervisor_home(user: User, office: Office, *, at: datetime) -> SupervisorHome:
    """Return the supervisor's home page; no name of a person who seeks help stands on it."""
    today = office.today(at)
    live = cases_of(user).filter(closed_at=None)
    unassigned = live.filter(caseworker=None)
    overdue = live.filter(triaged_at=None, look_by__lt=today)
    return SupervisorHome(
        name=user.name,
        ageing=_ageing(live.filter(triaged_at=None), at=at),
        for_second=for_second(user),
        to_look_at=to_look_at(user),
        unassigned=_open_rows(unassigned, today),
        unassigned_in_all=unassigned.count(),
        overdue=_open_rows(overdue, today),
        overdue_in_all=overdue.count(),
        loads=_loads(user, office, today),
        longest=_longest(user, office),
    )


# How long a case has waited for its triage: up to so many days, in words, and whether that is late.
AGES = (
    (2, gettext_lazy("up to 2 days"), False),
    (7, gettext_lazy("3 to 7 days"), False),
    (30, gettext_lazy("8 to 30 days"), True),
    (None, gettext_lazy("longer than 30 days"), True),
)


def _ageing(waiting: QuerySet[Case], *, at: datetime) -> list[Age]:
    """Return how long the cases have waited that nobody triaged: one statement for all ages."""
    counts: dict[str, Any] = {}
    after = at
    for number, (days, _words, _late) in enumerate(AGES):
        before = at - timedelta(days=days) if days else None
        within = Q(opened_at__lte=after) & (Q(opened_at__gt=before) if before else Q())
        counts[f"all_{number}"] = Count("pk", filter=within)
        counts[f"urgent_{number}"] = Count("pk", filter=within & Q(band__in=(Band.CRITICAL, Band.HIGH)))
        after = before or after
    found = waiting.order_by().aggregate(**counts)
    return [
        Age(words, found[f"all_{number}"], found[f"urgent_{number}"], late)
        for number, (_days, words, late) in enumerate(AGES)
    ]


def _open_rows(cases: QuerySet[Case], today: date) -> list[Open]:
    return [
        Open(
            address=case_address(case.pk),
            band=Band(case.band).badge,
            reference=case.reference,
            next_short=short_words(case.next_code),
            caseworker=case.caseworker.name if case.caseworker else "",
            look_by=look_by_of(case, today=today),
        )
        for case in most_urgent_first(cases)[:SHOWN]
    ]


def _loads(user: User, office: Office, today: date) -> list[Load]:
    """Return who holds how much: the caseworkers by name, then the practitioners."""
    away = away_now(office, on=today)
    until = {pk: _("until %(day)s") % {"day": date_format(one.ends_on)} for pk, one in away.items()}
    held = {row["caseworker"]: row for row in _held_by_caseworkers(user)}
    rows = [_load(one, held.get(one.pk, {}), office, until) for one in caseworkers_of(office)]
    panel: Any = panel_of(office).filter(user__is_active=True)
    rows += [
        Load("", one.user.name, f"{one.live} / {one.capacity}", "", None, until.get(one.user_id, ""))
        for one in panel
    ]
    return rows


def _held_by_caseworkers(user: User) -> Any:
    live = cases_of(user).filter(closed_at=None).order_by().values("caseworker")
    return live.annotate(
        holds=Count("pk"),
        critical=Count("pk", filter=Q(band=Band.CRITICAL)),
        oldest=Min("opened_at", filter=Q(triaged_at=None)),
    )


def _load(one: User, row: dict[str, Any], office: Office, until: dict[int, str]) -> Load:
    oldest = row.get("oldest")
    return Load(
        address="",
        name=one.name,
        holds=str(row.get("holds", 0)),
        critical=str(row.get("critical", 0)),
        oldest=office.today(oldest) if oldest else None,
        away=until.get(one.pk, ""),
    )


def _longest(user: User, office: Office) -> list[Longest]:
    """Return what has waited longest of each kind."""
    found: list[Longest] = []
    first: Case | None = cases_of(user).filter(closed_at=None, triaged_at=None).order_by("opened_at").first()
    if first:
        found.append(_since(_("Not triaged"), first, office.today(first.opened_at)))
    referral = waiting_referrals(user).first()
    if referral:
        found.append(_since(_("In a queue, not offered"), referral.case, office.today(referral.referred_at)))
    return sorted(found, key=lambda row: row.since)


def _since(what: str, case: Case, since: date) -> Longest:
    return Longest(
        address=case_address(case.pk),
        what=what,
        reference=case.reference,
        since=since,
    )

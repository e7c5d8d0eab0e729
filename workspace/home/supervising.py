"""What a supervisor begins the day with: what waits for a second person, for a caseworker, for anybody."""

from dataclasses import dataclass
from datetime import date, datetime
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
from workspace.home.queries import Count as StatusCount
from workspace.home.queries import ForSecond, counts_of, for_second, to_look_at
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
class SupervisorHome:
    """What a supervisor begins the day with; of `unassigned` and `overdue` the first are shown."""

    name: str
    counts: list[StatusCount]
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
        counts=counts_of(user),
        for_second=for_second(user),
        to_look_at=to_look_at(user),
        unassigned=_open_rows(unassigned, today),
        unassigned_in_all=unassigned.count(),
        overdue=_open_rows(overdue, today),
        overdue_in_all=overdue.count(),
        loads=_loads(user, office, today),
        longest=_longest(user, office),
    )


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
    return Longest(case_address(case.pk), what, case.reference, since)

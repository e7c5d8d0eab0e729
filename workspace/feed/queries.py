"""What stands in somebody's calendar: dates and hearings of what they hold, without a name or a story."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _lazy

from cases.access import visible_to
from cases.models import LIVE, Case, Deadline
from casework.models import Appointment, Hearing, HearingKind
from foundation.accounts.models import Role, User
from foundation.database.principal import Principal, acting_as
from referrals.queries import assignments_of
from workspace.work.queries import moment_words

# As neutral as a calendar must be that others may see: not which date of the law, which court, or who.
TITLES: dict[str, Any] = {
    "hearing": _lazy("Hearing"),
    "deadline": _lazy("Deadline"),
    "appointment": _lazy("Appointment"),
}
PAST = timedelta(days=30)  # what went by and nobody settled stays in sight for so long
ROLES = (Role.SUPERVISOR, Role.CASEWORKER, Role.ATTORNEY)


@dataclass(frozen=True)
class Entry:
    """One thing of a calendar: a whole `day`, or from `starts_at` for so many `minutes` (0: nobody knows)."""

    kind: str
    id: uuid.UUID
    reference: str
    day: date
    zone: str
    starts_at: datetime | None = None
    minutes: int = 0

    @property
    def title(self) -> str:
        return f"{TITLES[self.kind]} · {self.reference}"

    @property
    def address(self) -> str:
        """Where this one alone is handed out as a file."""
        return reverse("workspace:calendar-file", args=[self.kind, self.id])

    @property
    def when(self) -> str:
        """Its day, or its moment by the office's clock, in words."""
        return moment_words(self.starts_at, self.zone) if self.starts_at else date_format(self.day)


def calendar_of(user: User, *, at: datetime) -> list[Entry]:
    """Return everything of somebody's calendar in their language, whichever of their roles shows it.

    The database is asked in one role at a time, as if they were signed in.
    """
    found: dict[uuid.UUID, Entry] = {}
    for role in (role for role in user.roles if role in ROLES):
        user.acts_as = role
        asks = Principal(role, f"user:{user.pk}", user_id=user.pk, office_id=user.office_id)
        with acting_as(asks), translation.override(user.language):
            found |= {one.id: one for one in entries_of(user, at=at)}
    return sorted(found.values(), key=_order)


def entries_of(user: User, *, at: datetime) -> list[Entry]:
    """Return what stands in somebody's calendar in the role they act in, the next first."""
    cases = {one.pk: one for one in _held(user).select_related("office")}
    parts: tuple[Callable[..., list[Entry]], ...] = (_hearings, _deadlines, _appointments)
    hearings, deadlines, appointments = (part(cases, user, at) for part in parts)
    told = {(one.reference, one.day) for one in hearings}
    days = [one for one in deadlines if one.kind == "deadline" or (one.reference, one.day) not in told]
    return sorted([*hearings, *days, *appointments], key=_order)


def _order(one: Entry) -> tuple[date, float, str]:
    return (one.day, one.starts_at.timestamp() if one.starts_at else 0.0, one.reference)


def _held(user: User) -> QuerySet[Case]:
    """Return the open cases that somebody is responsible for: as caseworker, or by an assignment."""
    mine = visible_to(user).filter(closed_at=None).order_by()
    if user.has_role(Role.CASEWORKER):
        return mine.filter(caseworker=user)
    return mine.filter(pk__in=assignments_of(user).order_by().values("case"))


def _hearings(cases: dict[uuid.UUID, Case], _user: User, at: datetime) -> list[Entry]:
    rows = Hearing.objects.filter(case__in=cases, outcome="", starts_at__gte=at - PAST)
    return [_at("hearing", one, cases[one.case_id]) for one in rows]


def _appointments(cases: dict[uuid.UUID, Case], user: User, at: datetime) -> list[Entry]:
    rows = Appointment.objects.filter(case__in=cases, came="", starts_at__gte=at - PAST, with_whom=user)
    return [_at("appointment", one, cases[one.case_id], minutes=one.minutes) for one in rows]


def _at(kind: str, one: Hearing | Appointment, case: Case, *, minutes: int = 0) -> Entry:
    day, zone = case.office.today(one.starts_at), case.office.time_zone
    return Entry(kind, one.pk, case.reference, day, zone, starts_at=one.starts_at, minutes=minutes)


def _deadlines(cases: dict[uuid.UUID, Case], _user: User, at: datetime) -> list[Entry]:
    """Return the dates of the law; one that is the day of a hearing is called so."""
    rows = Deadline.objects.filter(case__in=cases, status__in=LIVE, date__isnull=False)
    found = []
    for one in rows:
        case = cases[one.case_id]
        if one.date and one.date >= case.office.today(at - PAST):
            kind = "hearing" if one.key in HearingKind.values else "deadline"
            found.append(Entry(kind, one.pk, case.reference, one.date, case.office.time_zone))
    return found

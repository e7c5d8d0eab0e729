"""The seven days ahead of a caseworker: last days, hearings, appointments, offers that run out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format

from cases.models import LIVE, Case, Deadline
from cases.queries import cases_of
from casework.models import Appointment, Hearing, HearingKind
from foundation.accounts.models import Office, User

DAYS, SHOWN = 7, 60


@dataclass(frozen=True)
class Entry:
    """One thing of one day, with its case; `tone` is hot where missing it may cost the person something."""

    day: date
    hour: time | None
    words: str
    reference: str
    address: str
    tone: str


@dataclass(frozen=True)
class WeekDay:
    """One day with what is on it."""

    label: str
    is_today: bool
    entries: list[Entry]


def week_of(user: User, office: Office, *, today: date) -> list[WeekDay]:
    """Return the seven days from today on, of the cases that are somebody's or nobody's yet."""
    last = today + timedelta(days=DAYS - 1)
    own = cases_of(user).filter(Q(caseworker=None) | Q(caseworker=user), closed_at=None).order_by()
    zone = ZoneInfo(office.time_zone)
    from_, until = (datetime.combine(day, time.min, zone) for day in (today, last + timedelta(days=1)))
    found = [
        *_last_days(own.values("pk"), today, last),
        *_hearings(own.values("pk"), from_, until, zone),
        *_meetings(user, from_, until, zone),
    ]
    days = [today + timedelta(days=n) for n in range(DAYS)]
    return [_day(day, today, [one for one in found if one.day == day]) for day in days]


def _day(day: date, today: date, entries: list[Entry]) -> WeekDay:
    ordered = sorted(entries, key=lambda one: (one.hour or time.max, one.words))
    return WeekDay(date_format(day, "D j"), day == today, ordered)


def _last_days(cases: Any, first: date, last: date) -> Iterator[Entry]:
    """Return the last days of these cases; a date that tells a birthday stands in no list."""
    rows = Deadline.objects.filter(
        case__in=cases, status__in=LIVE, kind__in=("last_day", "safe_day"), date__range=(first, last)
    )
    for row in rows.select_related("case").order_by("date")[:SHOWN]:
        assert row.date is not None  # noqa: S101  for the type checker: only those are asked for
        address = reverse("workspace:dates", args=[row.case_id])
        yield Entry(row.date, None, str(row.label), row.case.reference, address, "hot")


def _hearings(cases: Any, first: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Entry]:
    rows = Hearing.objects.filter(case__in=cases, outcome="", starts_at__gte=first, starts_at__lt=until)
    for row in rows.select_related("case").order_by("starts_at")[:SHOWN]:
        yield _at(row.starts_at, str(HearingKind(row.kind).label), row.case, zone, "hot")


def _meetings(user: User, first: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Entry]:
    rows = Appointment.objects.filter(with_whom=user, came="", starts_at__gte=first, starts_at__lt=until)
    for row in rows.select_related("case").order_by("starts_at")[:SHOWN]:
        yield _at(row.starts_at, str(row.get_meeting_display()), row.case, zone, "warm")


def _at(moment: datetime, words: str, case: Case, zone: ZoneInfo, tone: str) -> Entry:
    there = moment.astimezone(zone)
    return Entry(there.date(), there.time(), words, case.reference, case.get_absolute_url(), tone)

"""Logged hours in words, and their sums."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from cases.models import Case
from casework.models import LoggedHours, WorkKind
from foundation.accounts.models import User

SHOWN = 200


@dataclass(frozen=True)
class HoursLine:
    """What somebody logged of one day; `is_mine` where the reader wrote it and may mend it."""

    id: uuid.UUID
    day: date
    length: str
    kind: str
    who: str
    is_mine: bool


@dataclass(frozen=True)
class HoursPage:
    """What was logged on a case, the newest day on top, with the sum; "" where nobody logged anything."""

    lines: list[HoursLine]
    total: str


def hours_page(case: Case, user: User, *, may_log: bool) -> HoursPage:
    """Return what was logged on a case, as one reader may mend it."""
    rows = LoggedHours.objects.filter(case=case, struck_at=None).select_related("user")
    lines = [
        HoursLine(
            one.pk,
            one.day,
            length_words(one.minutes),
            str(WorkKind(one.kind).label),
            one.user.name,
            may_log and one.user_id == user.pk,
        )
        for one in rows.order_by("-day", "-logged_at")[:SHOWN]
    ]
    return HoursPage(lines, hours_of_case(case))


def hours_of_case(case: Case) -> str:
    """Return how long people worked on a case, as far as they logged it; "" where nobody did."""
    return _sum(case=case)


def hours_of_person(user: User, *, at: datetime) -> str:
    """Return how long somebody worked this year, on cases that they do not hold any more too."""
    year = user.office.today(at).year if user.office else at.year
    return _sum(user=user, day__year=year)


def _sum(**which: object) -> str:
    found = LoggedHours.objects.filter(struck_at=None, **which).aggregate(n=Sum("minutes"))
    return hours_words(found["n"])


def hours_words(minutes: int | None) -> str:
    """Return a sum of minutes in words; "" where nobody logged any."""
    return length_words(minutes) if minutes else ""


def length_words(minutes: int) -> str:
    """Return a length as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}

"""Tell staff, once, of dates that come near and of looks that are overdue: by each office's own day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from cases.closing import closers
from cases.dates import days_of
from cases.models import WAITING, Case, Closing, Deadline, SecondLook
from cases.queries import caseworkers_for, deadlines_to_remind, hidden_deadlines, overdue_looks
from cases.seconds import second_people
from foundation.accounts.models import Office, User
from foundation.vault.opening import open_many
from notifications.actions import notify_user

AGAIN = timedelta(days=1)  # after which somebody is reminded that a step waits for them


@transaction.atomic
def remind_of_deadlines(*, at: datetime, days: int = 14) -> int:
    """Tell caseworkers, once per date, about dates in the next two weeks; return how many dates."""
    return sum(_remind_of_deadlines(office, at=at, days=days) for office in Office.objects.order_by("pk"))


def _remind_of_deadlines(office: Office, *, at: datetime, days: int) -> int:
    today = office.today(at)
    until = today + timedelta(days=days)
    shown = deadlines_to_remind(office, on=today, until=until)
    due = [*shown, *_hidden_between(office, today, until)]
    for case in {deadline.case for deadline in due}:
        for user in caseworkers_for(case):
            notify_user(user, kind="deadline_near", link=case.get_absolute_url(), at=at)
    Deadline.objects.filter(pk__in=[deadline.pk for deadline in due]).update(reminded_at=at)
    return len(due)


def _hidden_between(office: Office, start: date, end: date) -> list[Deadline]:
    """Open the days that are birthdays, and return the dates that lie between two days."""
    rows = list(hidden_deadlines(office))
    opened = open_many(rows, "hidden", purpose="remind")
    days = {row.pk: days_of(row, opened[row.pk]).date for row in rows}
    return [row for row in rows if (day := days[row.pk]) and start <= day <= end]


@transaction.atomic
def remind_of_looks(*, at: datetime) -> int:
    """Tell caseworkers, once per case, that a person should have looked by now; return how many cases."""
    offices = Office.objects.order_by("pk")
    due = [case for office in offices for case in overdue_looks(office, on=office.today(at))]
    for case in due:
        for user in caseworkers_for(case):
            notify_user(user, kind="look_overdue", link=case.get_absolute_url(), at=at)
    Case.objects.filter(pk__in=[case.pk for case in due]).update(look_reminded_at=at)
    return len(due)


# --- steps that wait for a second person ------------------------------------------------------------


def tell_seconds(case: Case, *, asked_by: int, kind: str, at: datetime) -> None:
    """Tell those who can be the second person for a case."""
    _tell(case, second_people(case, asked_by=asked_by), kind=kind, at=at)


def tell_closing(closing: Closing, *, kind: str, at: datetime) -> None:
    """Tell those who can close a case for which somebody asked."""
    case = closing.case
    _tell(case, closers(closing, on=case.office.today(at)), kind=kind, at=at)


def _tell(case: Case, people: Iterable[User], *, kind: str, at: datetime) -> None:
    for user in people:
        notify_user(user, kind=kind, link=case.get_absolute_url(), at=at)


@transaction.atomic
def remind_of_seconds(*, at: datetime) -> int:
    """Tell those who can be the second person, once a day, what still waits; return how many steps."""
    looks = _unreminded_since(SecondLook.objects.filter(decided_at=None, step__in=WAITING), at)
    for look in looks:
        tell_seconds(look.case, asked_by=look.asked_by_id, kind="second_waiting", at=at)
    closings = _unreminded_since(Closing.objects.filter(closed_at=None, dropped_at=None), at)
    for closing in closings:
        tell_closing(closing, kind="second_waiting", at=at)
    for model, rows in ((SecondLook, looks), (Closing, closings)):
        model.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    return len(looks) + len(closings)


def _unreminded_since(rows: QuerySet[Any], at: datetime) -> list[Any]:
    """Return the rows of which nobody heard within a day."""
    heard = rows.annotate(heard=Coalesce(F("reminded_at"), F("asked_at")))
    return list(heard.filter(heard__lte=at - AGAIN).select_related("case__office"))

"""Tell staff, once, of dates that come near and of looks that are overdue: by each office's own day."""

from datetime import date, datetime, timedelta

from django.db import transaction

from cases.dates import days_of
from cases.models import Case, Deadline
from cases.queries import caseworkers_for, deadlines_to_remind, hidden_deadlines, overdue_looks
from foundation.accounts.models import Office
from foundation.vault.opening import open_many
from notifications.actions import notify_user


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

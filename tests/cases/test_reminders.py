"""Reminders go by the day it is in each office, not by the server's."""

from datetime import UTC, date, datetime

import pytest

from cases import actions
from cases.models import Case, Deadline
from notifications.models import Message

# Half past midnight on the 29th in New York, where the server's clock stands; the 28th in Honolulu.
LATE = datetime(2026, 11, 29, 5, 30, tzinfo=UTC)


@pytest.fixture
def in_honolulu(case):
    """Return Amina's case, kept by an office whose day is still the 28th, with one date."""
    office = case.office
    office.time_zone = "Pacific/Honolulu"
    office.save()
    kept = Deadline.objects.get(case=case, key="oyd_operative")
    Deadline.objects.filter(case=case).exclude(pk=kept.pk).delete()
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(
    ("day", "reminded"),
    [
        (date(2026, 11, 27), 0),
        (date(2026, 11, 28), 1),
        (date(2026, 12, 12), 1),
        (date(2026, 12, 13), 0),
    ],
)
def test_the_two_weeks_ahead_are_counted_from_the_offices_own_day(in_honolulu, day, reminded):
    Deadline.objects.filter(case=in_honolulu).update(date=day)
    assert actions.remind_of_deadlines(at=LATE) == reminded
    assert Message.objects.filter(kind="deadline_near", channel="in_app").count() == reminded


def test_a_look_is_overdue_when_the_offices_own_day_is_over(in_honolulu):
    Case.objects.filter(pk=in_honolulu.pk).update(look_by=date(2026, 11, 28))
    assert actions.remind_of_looks(at=LATE) == 0
    Case.objects.filter(pk=in_honolulu.pk).update(look_by=date(2026, 11, 27))
    assert actions.remind_of_looks(at=LATE) == 1

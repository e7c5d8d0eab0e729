"""The day on which a date may still be missed: before it somebody must have looked."""

from datetime import date, timedelta

import pytest

from cases.rules.engine import DueDate, status_of
from cases.rules.look import live_day, look_by

ON = date(2026, 11, 23)
DAY, LATEST = date(2026, 11, 27), date(2026, 12, 10)


def due(day=DAY, latest=LATEST, kind="last_day", key="pfr", span_days=14):
    status = status_of(day, on=ON, latest=latest, kind=kind, key=key)
    return DueDate(*(key, "", day, day, "", "", "", status), latest=latest, kind=kind, span_days=span_days)


@pytest.mark.parametrize(
    ("row", "day"),
    [
        (due(), LATEST),  # the last day of every reading: earlier ones are safe days
        (due(kind="safe_day"), DAY),
        (due(kind="other_side"), DAY),
        (due(kind="event"), DAY),
        (due(key="i589_callup"), DAY),
        (due(key="notice_due"), DAY),
        (due(kind="first_day"), None),  # nothing is lost by coming later
        (due(None, None), None),
        (due(None, None, kind="first_day"), None),
    ],
)
def test_each_kind_of_date_is_missed_on_the_day_the_policy_says(row, day):
    assert live_day(row, on=ON) == day


BEHIND = ON - timedelta(days=3)


@pytest.mark.parametrize(
    ("row", "day"),
    [
        (due(BEHIND, span_days=31), ON),  # a month or less: treat it as today's
        (due(BEHIND, span_days=32), LATEST),
        (due(BEHIND, kind="safe_day", span_days=32), LATEST),
        (due(BEHIND, key="i589_callup", span_days=32), LATEST),
        (due(BEHIND, kind="event", span_days=365), ON),  # one of its days may be any of the next
        (due(BEHIND, kind="first_day"), None),
        (due(BEHIND, BEHIND), None),  # over by every reading
        (due(BEHIND, BEHIND, kind="event"), None),
    ],
)
def test_a_date_that_may_have_passed_is_todays_or_that_of_its_last_day(row, day):
    assert live_day(row, on=ON) == day


def test_a_row_that_stands_still_hides_none_that_does_not():
    """The Friday before Monday 30 November is the day after Thanksgiving, an open day."""
    still = due(None, None)
    near = due(date(2026, 11, 30), date(2026, 11, 30), span_days=1)
    assert look_by("ROUTINE", [still, near], on=ON) == date(2026, 11, 27)

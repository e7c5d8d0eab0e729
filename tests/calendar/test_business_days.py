from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.calendar import (
    PartialDate,
    add_business_days,
    anniversary,
    is_business_day,
    roll_back,
    roll_forward,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 11, 26), False),  # Thanksgiving
        (date(2026, 11, 27), True),  # the Friday after it
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 7, 3), False),  # Independence Day observed on Friday
        (date(2027, 7, 5), False),  # and on Monday
        (date(2021, 12, 31), False),  # New Year's Day 2022, observed in the year before
        (date(2026, 6, 19), False),  # Juneteenth
        (date(2027, 5, 31), False),  # Memorial Day
    ],
)
def test_business_days(day, open_):
    assert is_business_day(day) is open_


@given(DAYS)
def test_rolling_ends_on_a_business_day_on_the_right_side(day):
    back, forward = roll_back(day), roll_forward(day)
    assert back <= day <= forward
    assert is_business_day(back) and is_business_day(forward)
    assert (back == day) == (forward == day) == is_business_day(day)
    assert forward - back <= timedelta(days=6)


@given(DAYS, st.integers(min_value=0, max_value=30))
def test_business_days_are_counted_one_by_one(day, count):
    end = add_business_days(day, count)
    start = roll_forward(day)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_business_day(each) for each in between) == count


@given(DAYS)
def test_an_anniversary_is_a_year_later_and_never_in_march_for_a_leap_day(day):
    due = anniversary(day)
    assert due.year == day.year + 1
    assert (due.month, due.day) == ((2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day))


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-13", "2026-02-30", "2026-1-1", "0000", "x", "2026-01-01T00", "2026-00", "2026-05-00"],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "first", "exact"),
    [
        ("2026", date(2026, 1, 1), False),
        ("2026-03", date(2026, 3, 1), False),
        ("2024-02-29", date(2024, 2, 29), True),
    ],
)
def test_half_a_date_counts_from_its_first_day(text, first, exact):
    parsed = PartialDate.parse(text)
    assert (parsed.first_day(), parsed.is_exact, parsed.isoformat()) == (first, exact, text)

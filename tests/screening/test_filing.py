"""What the papers of the I-589 show, by every reading of their days and by some."""

import pytest

from foundation.calendar import PartialDate
from screening.rules.filing import filing_of
from screening.rules.spans import span_of


def filed(arrival, received, returned=None):
    spans = [span_of(PartialDate.parse(day)) if day else None for day in (arrival, received, returned)]
    return filing_of(*spans, is_returned=returned is not None)


@pytest.mark.parametrize(
    ("arrival", "received", "returned", "surely", "maybe"),
    [
        ("2026-03-10", "2026-03-10", None, True, True),  # on the day of arrival
        ("2026-03-10", "2026-03-09", None, False, False),
        ("2026-03", "2026-03-31", None, True, True),
        ("2026-03", "2026-03-30", None, False, True),
        ("2026-03", "2026-03-01", None, False, True),
        ("2026-03", "2026-02-28", None, False, False),
        ("2026-03-10", "2026-10-20", "2026-10-19", True, True),  # sent back before: another form
        ("2026-03-10", "2026-10-20", "2026-10-20", False, False),
        ("2026-03-10", "2026-10-20", "2026-10", False, True),
        ("2026-03-10", "2026-10", "2026-10-30", False, True),
        ("2026-03-10", "2026-10", "2026-10-31", False, False),
        (None, "2026-10-20", None, False, True),
    ],
)
def test_the_year_stops_by_a_receipt_after_which_nothing_came_back(
    arrival, received, returned, surely, maybe
):
    found = filed(arrival, received, returned)
    assert (found.is_filed, found.may_be_filed) == (surely, maybe)
    assert (found.running is None) is (surely or arrival is None)


def test_without_a_receipt_the_year_runs_for_every_day_of_arrival():
    found = filed("2026-03", None)
    assert (found.running, found.arrival) == (span_of(PartialDate(2026, 3)),) * 2
    assert (found.is_filed, found.may_be_filed, found.is_returned) == (False, False, False)


def test_a_return_on_a_day_nobody_knows_is_after_the_receipt():
    arrival, received = (span_of(PartialDate(2026, month, 10)) for month in (3, 10))
    found = filing_of(arrival, received, None, is_returned=True)
    assert (found.is_filed, found.may_be_filed, found.is_returned) == (False, False, True)
    assert found.running == arrival


def test_the_year_runs_for_the_days_of_arrival_later_than_the_receipt():
    """Which of the days of March it was, nobody knows; a receipt of the 1st is in time for the 1st alone."""
    for received, first in (("2026-03-01", 2), ("2026-03-10", 11), ("2026-02-28", 1)):
        running = filed("2026-03", received).running
        assert (running.first.day, running.last.day) == (first, 31)

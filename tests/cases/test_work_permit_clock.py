"""The work-permit clock (8 CFR 208.7): received 10 January 2026, day 150 is 9 June and day 180 is 9 July."""

import pytest

from cases.data import deadline_rules
from tests.support.dated import dates


def clock(*stops):
    found = dates(i589_received="2026-01-10", ead_stops=[{"from": start, "to": end} for start, end in stops])
    return found["ead_file"]["date"], found["ead_eligible"]["date"]


@pytest.mark.parametrize(
    ("stops", "reached"),
    [
        ([], ("2026-06-09", "2026-07-09")),
        ([("2026-03-01", "2026-03-11")], ("2026-06-19", "2026-07-19")),
        ([("2026-03-01", "2026-03-01")], ("2026-06-09", "2026-07-09")),  # nothing between
        ([("2026-03-01", "2026-03-02")], ("2026-06-10", "2026-07-10")),
        ([("2026-04-01", "2026-04-06"), ("2026-03-01", "2026-03-11")], ("2026-06-24", "2026-07-24")),
        (
            [("2026-03-01", "2026-03-11"), ("2026-03-05", "2026-03-16")],
            ("2026-06-24", "2026-07-24"),
        ),  # overlap
        (
            [("2026-03-01", "2026-03-11"), ("2026-03-05", "2026-03-08")],
            ("2026-06-19", "2026-07-19"),
        ),  # inside
        ([("2026-03-01", "2026-03-11"), ("2026-03-11", "2026-03-12")], ("2026-06-20", "2026-07-20")),
        ([("2025-12-01", "2026-01-20")], ("2026-06-19", "2026-07-19")),  # counts from receipt only
        ([("2025-12-01", "2026-01-10")], ("2026-06-09", "2026-07-09")),
        ([("2025-12-01", "2026-01-11")], ("2026-06-10", "2026-07-10")),
        ([("2025-12-01", "2025-12-20"), ("2026-03-01", "2026-03-11")], ("2026-06-19", "2026-07-19")),
        ([("2025-12-01", "2025-12-20"), ("2026-01-01", "2026-01-12")], ("2026-06-11", "2026-07-11")),
        ([("2026-01-10", "2026-01-20")], ("2026-06-19", "2026-07-19")),
        ([("2026-06-09", "2026-06-19")], ("2026-06-19", "2026-07-19")),  # day 150 itself is stopped
        ([("2026-06-10", "2026-06-20")], ("2026-06-09", "2026-07-19")),  # day 150 was reached before
        ([("2026-07-10", "2026-07-20")], ("2026-06-09", "2026-07-09")),
        ([("2026-03-01", "2026-03-11"), ("2026-06-12", "2026-06-13")], ("2026-06-20", "2026-07-20")),
        ([("2026-03-01", None)], (None, None)),
        ([("2026-06-09", None)], (None, None)),
        ([("2026-06-10", None)], ("2026-06-09", None)),
        ([("2026-07-10", None)], ("2026-06-09", "2026-07-09")),
        ([("2026-01-01", None)], (None, None)),
        ([("2026-06-15", None), ("2026-03-01", "2026-03-11")], (None, None)),
        ([("2026-06-20", None), ("2026-03-01", "2026-03-11")], ("2026-06-19", None)),
    ],
)
def test_days_inside_a_stop_of_the_clock_do_not_count(stops, reached):
    assert clock(*stops) == reached


def test_a_clock_that_stands_still_names_no_day_and_says_why():
    found = dates(i589_received="2026-01-10", ead_stops=[{"from": "2026-06-10"}])
    assert found["ead_eligible"]["status"] == "open_ended"
    assert found["ead_eligible"]["note"].startswith("A stop of the clock is still open: no day can be named.")
    assert found["ead_eligible"]["unmoved_date"] is None
    assert found["ead_file"]["note"] == (
        f"Days inside a stop of the clock do not count. {deadline_rules()['ead_file'].note}"
    )
    assert found["ead_file"]["unmoved_date"] == found["ead_file"]["date"] == "2026-06-09"
    moved = dates(i589_received="2026-01-10", ead_stops=[{"from": "2026-03-01", "to": "2026-03-11"}])
    assert moved["ead_file"]["unmoved_date"] == moved["ead_file"]["date"] == "2026-06-19"
    assert "stop" not in dates(i589_received="2026-01-10")["ead_file"]["note"]
    assert found["ead_file"]["inputs"]["ead_stops"] == [{"from": "2026-06-10", "to": None}]


@pytest.mark.parametrize(
    ("stop", "first", "last"),
    [
        ({"from": "2026-03-01", "to": "2026-03-11"}, "2026-06-10", "2026-07-10"),
        ({"from": "2026-06-10"}, "2026-05-31", "2026-05-31"),  # received late in January, it stands still
    ],
)
def test_a_receipt_known_in_part_is_counted_past_a_stop_from_its_first_day_and_its_last(stop, first, last):
    found = dates(i589_received="2026-01", ead_stops=[stop])["ead_file"]
    assert (found["date"], found["latest"]) == (first, last)

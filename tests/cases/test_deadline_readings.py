"""What a date says of itself: where it lies today, which reading was taken, what a lawyer looks at."""

from datetime import date

import pytest

from cases.rules import DeadlineFacts, deadlines, status_of
from tests.support.dated import PARTIAL, TODAY, dates, decided, granted


def test_in_detention_the_court_sets_the_date():
    found = dates(individual_hearing="2027-01-15", detained=True)["evidence_detained"]
    assert (found["date"], found["unmoved_date"], found["status"]) == (None, None, "open_ended")
    assert found["note"] == "set by the court"
    assert found["rule"] == "set by the court before hearing date"
    hearing = dates(detained_hearing="2027-01-15", individual_hearing="2027-02-02")["evidence_detained"]
    assert hearing["inputs"] == {"detained_hearing": "2027-01-15"}


def test_both_readings_of_the_time_to_appeal_are_for_a_lawyer_and_disputed():
    found = dates(**decided("2026-11-03"))
    assert found["bia_appeal_court_order"]["status"] == "ahead"
    assert found["bia_appeal_reg_text"]["status"] == "gone_by"  # never "passed": its last day is arguable
    for due in found.values():
        assert (due["audience"], due["confidence"]) == ("lawyer", "medium")


@pytest.mark.parametrize(
    ("on", "status"),
    [(date(2026, 11, 26), "ahead"), (date(2026, 11, 27), "today"), (date(2026, 11, 28), "gone_by")],
)
def test_a_status_is_told_by_the_day(on, status):
    assert dates(on, arrival="2025-11-28")["oyd_operative"]["status"] == status


@pytest.mark.parametrize(
    ("day", "latest", "kind", "key", "status"),
    [
        (None, None, "last_day", "pfr", "open_ended"),
        (date(2026, 11, 24), None, "last_day", "pfr", "ahead"),
        (date(2026, 11, 23), None, "last_day", "pfr", "today"),
        (date(2026, 11, 22), date(2026, 11, 24), "last_day", "pfr", "may_be_passed"),
        (date(2026, 11, 22), date(2026, 11, 23), "last_day", "pfr", "may_be_passed"),  # its last day is today
        (date(2026, 11, 21), date(2026, 11, 22), "last_day", "pfr", "passed"),
        (date(2026, 11, 22), None, "last_day", "pfr", "passed"),
        (date(2026, 11, 22), None, "safe_day", "pfr", "gone_by"),
        (date(2026, 11, 22), None, "last_day", "uac_18", "gone_by"),  # arguable: never "passed"
    ],
)
def test_a_date_has_passed_by_every_reading_or_not_at_all(day, latest, kind, key, status):
    assert status_of(day, on=TODAY, latest=latest, kind=kind, key=key) == status


@pytest.mark.parametrize(
    ("key", "facts", "kind", "status"),
    [
        ("pfr", decided("2026-10-01", "bia"), "last_day", "passed"),
        ("pfr", decided("2026-10", "bia"), "last_day", "may_be_passed"),
        ("oyd_operative", {"arrival": "2025-11-10"}, "safe_day", "gone_by"),
        ("ead_file", {"i589_received": "2026-01-10"}, "first_day", "gone_by"),
        ("ij_cf_review", {"fear_determination": "2026-11-02"}, "other_side", "gone_by"),
        ("uac_18", {"birth_date": "2008-11-10", "uac": True}, "last_day", "gone_by"),
    ],
)
def test_only_a_last_day_passes(key, facts, kind, status):
    due = dates(**facts)[key]
    assert (due["kind"], due["status"]) == (kind, status)


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({"individual_hearing": "2027-01"}, 31),
        ({"individual_hearing": "2027-01-15"}, 1),
        ({"detained_hearing": "2027-01"}, 1),  # the court sets it: there is nothing to count
    ],
)
def test_a_date_says_how_many_days_its_fact_can_mean(facts, days):
    [due] = deadlines(DeadlineFacts.from_dict(facts), on=TODAY)
    assert due.span_days == days


def test_a_year_in_which_the_form_may_have_come_is_not_said_to_be_over():
    over = {"arrival": "2025-03-10"}
    assert dates(**over)["oyd_outer"]["status"] == "passed"
    assert set(dates(**over, i589_received="2025")) == {"ead_file", "ead_eligible"}
    assert "oyd_outer" in dates(**over, i589_received="2025-02")


def test_what_is_over_comes_last_by_the_day_it_was_due():
    found = dates(motion_filed_by_dhs="2026-10-01", annual_fee_notice="2026-10-15", moved="2026-11-20")
    assert {key: due["date"] for key, due in found.items()} == {
        "ar11": "2026-11-30",
        "response_to_motion": "2026-10-13",  # the 11th is a Sunday, the 12th a holiday
        "aaf_notice": "2026-11-14",
    }
    assert list(found) == ["ar11", "response_to_motion", "aaf_notice"]


def test_what_may_have_passed_stands_among_the_dates_of_today():
    found = dates(moved="2026-11-13", **decided("2026-10", "bia"))
    assert (found["ar11"]["status"], found["pfr"]["status"]) == ("today", "may_be_passed")
    assert list(found)[:2] == ["ar11", "mtr_reconsider"]
    assert found["pfr"]["date"] < found["ar11"]["date"]


def test_of_two_rows_of_one_day_the_one_that_is_over_first_comes_first():
    facts = {"decisions": [{"by": "board", "date": day} for day in ("2026-11", "2026-11-01")]}
    found = deadlines(DeadlineFacts.from_dict(facts), on=TODAY)
    latest = [due.latest for due in found if due.key == "pfr"]
    assert latest == [date(2026, 12, 1), date(2026, 12, 23)]


def test_dates_are_sorted_and_those_without_one_come_last():
    facts = {
        "arrival": "2026-03-10",
        "individual_hearing": "2027-01-15",
        "detained": True,
        "i589_received": "2026-01-10",
        "ead_stops": [{"from": "2026-02-01", "to": None}],
        "moved": "2026-11-20",
    }
    found = dates(**facts)
    days = [due["date"] for due in found.values()]
    assert days[-3:] == [None, None, None]
    assert days[:-3] == sorted(days[:-3])
    assert list(found)[-3:] == ["ead_eligible", "ead_file", "evidence_detained"]


@pytest.mark.parametrize(
    ("key", "facts", "due"),
    [
        ("oyd_outer", {"arrival": "2026-03"}, "2027-03-01"),
        ("oyd_outer", {"arrival": "2026"}, "2027-01-04"),
        ("evidence_individual_nondetained", {"individual_hearing": "2027-02"}, "2026-12-31"),
        ("bia_appeal_court_order", decided("2026-11"), "2026-12-01"),
        ("rfe", {"notice_due": "2026-12"}, "2026-12-01"),
        ("evidence_detained", {"detained_hearing": "2026-12"}, None),
    ],
)
def test_half_a_date_counts_from_its_first_day_and_says_so(key, facts, due):
    found = dates(**facts)[key]
    assert found["date"] == due
    assert found["note"].startswith(PARTIAL)


def test_a_whole_date_says_nothing_of_the_kind():
    assert PARTIAL not in dates(arrival="2026-03-01")["oyd_outer"]["note"]


@pytest.mark.parametrize(
    ("arrival", "due", "said"),
    [
        ("1996-05", "1998-04-01", True),
        ("1997-03-31", "1998-04-01", True),
        ("1997-04-01", "1998-04-01", False),
    ],
)
def test_arrivals_before_april_1997_count_from_then(arrival, due, said):
    found = dates(arrival=arrival)["oyd_outer"]
    assert found["date"] == due
    assert ("Arrivals before 1 April 1997 count from that day." in found["note"]) is said
    assert (PARTIAL in found["note"]) is (arrival == "1996-05")


def test_what_starts_before_its_rule_says_so():
    """The printed ten-day rule is dated from 9 March 2026."""
    said = "The rule is dated from 2026-03-09, what starts it is earlier: check which rule governed."
    assert said in dates(**decided("2026-03-08"))["bia_appeal_reg_text"]["note"]
    assert said not in dates(**decided("2026-03-09"))["bia_appeal_reg_text"]["note"]
    assert "dated from" not in dates(detained_hearing="1990-01-01")["evidence_detained"]["note"]


def test_coming_of_age_is_said_beside_the_dates_it_may_change():
    said = "Turns 18 on 2028-04-12 and 21 on 2031-04-12: a lawyer checks what that changes."
    found = dates(arrival="2026-03-10", birth_date="2010-04-12", sij=True)
    assert set(found) == {"oyd_operative", "oyd_outer", "sij_21"}
    for due in found.values():
        assert said in due["note"]
    assert "Turns" not in dates(arrival="2026-03-10")["oyd_outer"]["note"]


def test_a_leap_day_is_said():
    assert dates(**granted("2024-02-29"))["asylee_gc"]["note"].startswith("29 February counts to 28 February")
    assert "29 February" not in dates(**granted("2024-02-28"))["asylee_gc"]["note"]
    assert "29 February" not in dates(**granted("2024-03-29"))["i730"]["note"]

"""The dates of a case, as the rules count them. As of Monday 23 November 2026 unless a row says otherwise.

November 2026: the 26th is Thanksgiving (Thursday), the 28th a Saturday, the 29th a Sunday.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import data
from cases.batch import deadlines_item, screen_item
from cases.data import KINDS, deadline_rules
from cases.rules import (
    BadFacts,
    DeadlineFacts,
    Decision,
    case_dates,
    deadlines,
    look_by,
    look_within,
    status_of,
    told,
    triggers,
)
from cases.rules.counting import MOVES, add_working_days
from cases.rules.facts import DAYS, FLAGS, JUDGE_MOVES, READERS
from cases.words import CONFIDENCE, DEADLINES, GONE_BY, STATUSES, status_words
from foundation.calendar import PartialDate, is_business_day
from screening.rules import Facts, assess
from screening.rules.priority import BANDS
from tests.support.many import many

TODAY = date(2026, 11, 23)


def dates(on=TODAY, **facts):
    """Return {key: printed date} of some facts; of several of a key the first."""
    found = deadlines_item({"facts": facts, "as_of": on.isoformat()})
    first: dict[str, dict] = {}
    for due in found:
        first.setdefault(due["key"], due)
    return first


def day(key, **facts):
    """Return a row's date and its date before it was moved, as text."""
    due = dates(**facts)[key]
    return due["date"], due["unmoved_date"]


def decided(on, by="judge", **more):
    return {"decision": {"date": on, "by": by, **more}}


def granted(on, kind="asylum"):
    return {"granted": {"date": on, "kind": kind}}


def test_without_facts_there_are_no_dates():
    assert dates() == {}
    assert dates(i589_filed=False, detained=True, in_proceedings=True, sij=True, ead_stops=[]) == {}


# Every row that moves off closed days: (key, facts of a trigger, date, unmoved date).
MOVED = [
    ("oyd_outer", {"arrival": "2025-11-27"}, "2026-11-27", "2026-11-27"),  # Friday
    ("oyd_outer", {"arrival": "2025-11-28"}, "2026-11-30", "2026-11-28"),  # Saturday
    ("oyd_outer", {"arrival": "2025-11-29"}, "2026-11-30", "2026-11-29"),  # Sunday
    ("oyd_outer", {"arrival": "2025-11-26"}, "2026-11-27", "2026-11-26"),  # holiday
    ("oyd_outer", {"arrival": "2024-02-29"}, "2025-02-28", "2025-02-28"),
    ("oyd_operative", {"arrival": "2025-11-28"}, "2026-11-27", "2026-11-27"),  # Friday
    ("oyd_operative", {"arrival": "2025-11-29"}, "2026-11-27", "2026-11-28"),  # Saturday
    ("oyd_operative", {"arrival": "2025-11-30"}, "2026-11-27", "2026-11-29"),  # Sunday
    ("oyd_operative", {"arrival": "2025-11-27"}, "2026-11-25", "2026-11-26"),  # holiday
    ("oyd_operative", {"arrival": "2024-02-29"}, "2025-02-27", "2025-02-27"),
    ("evidence_individual_nondetained", {"individual_hearing": "2027-01-15"}, "2026-12-16", "2026-12-16"),
    ("evidence_individual_nondetained", {"individual_hearing": "2026-12-27"}, "2026-11-27", "2026-11-27"),
    ("evidence_individual_nondetained", {"individual_hearing": "2026-12-28"}, "2026-11-27", "2026-11-28"),
    ("evidence_individual_nondetained", {"individual_hearing": "2026-12-29"}, "2026-11-27", "2026-11-29"),
    ("evidence_individual_nondetained", {"individual_hearing": "2026-12-26"}, "2026-11-25", "2026-11-26"),
    ("evidence_individual_nondetained", {"individual_hearing": "2028-03-30"}, "2028-02-29", "2028-02-29"),
    ("master_nondetained", {"master_hearing": "2026-12-12"}, "2026-11-27", "2026-11-27"),
    ("master_nondetained", {"master_hearing": "2026-12-13"}, "2026-11-27", "2026-11-28"),
    ("master_nondetained", {"master_hearing": "2026-12-14"}, "2026-11-27", "2026-11-29"),
    ("master_nondetained", {"master_hearing": "2026-12-11"}, "2026-11-25", "2026-11-26"),
    ("master_nondetained", {"master_hearing": "2028-03-15"}, "2028-02-29", "2028-02-29"),
    ("response_to_motion", {"motion_filed_by_dhs": "2026-11-17"}, "2026-11-27", "2026-11-27"),
    ("response_to_motion", {"motion_filed_by_dhs": "2026-11-18"}, "2026-11-30", "2026-11-28"),
    ("response_to_motion", {"motion_filed_by_dhs": "2026-11-19"}, "2026-11-30", "2026-11-29"),
    ("response_to_motion", {"motion_filed_by_dhs": "2026-11-16"}, "2026-11-27", "2026-11-26"),
    ("response_to_motion", {"motion_filed_by_dhs": "2028-02-19"}, "2028-02-29", "2028-02-29"),
    ("bia_appeal_court_order", decided("2026-11-03"), "2026-12-03", "2026-12-03"),
    ("bia_appeal_court_order", decided("2026-10-28"), "2026-11-27", "2026-11-27"),
    ("bia_appeal_court_order", decided("2026-10-29"), "2026-11-30", "2026-11-28"),
    ("bia_appeal_court_order", decided("2026-10-30"), "2026-11-30", "2026-11-29"),
    ("bia_appeal_court_order", decided("2026-10-27"), "2026-11-27", "2026-11-26"),
    ("bia_appeal_reg_text", decided("2026-11-03"), "2026-11-13", "2026-11-13"),
    ("bia_appeal_reg_text", decided("2026-11-17"), "2026-11-27", "2026-11-27"),
    ("bia_appeal_reg_text", decided("2026-11-18"), "2026-11-27", "2026-11-28"),
    ("bia_appeal_reg_text", decided("2026-11-19"), "2026-11-27", "2026-11-29"),
    ("bia_appeal_reg_text", decided("2026-11-16"), "2026-11-25", "2026-11-26"),
    ("bia_brief", {"briefing_schedule": "2026-11-03"}, "2026-11-23", "2026-11-23"),
    ("bia_brief", {"briefing_schedule": "2026-11-08"}, "2026-11-30", "2026-11-28"),
    ("bia_brief", {"briefing_schedule": "2026-11-06"}, "2026-11-27", "2026-11-26"),
    ("mtr_reopen", decided("2026-08-25", "bia"), "2026-11-23", "2026-11-23"),
    ("mtr_reopen", decided("2026-08-30", "bia"), "2026-11-30", "2026-11-28"),
    ("mtr_reopen", decided("2026-08-28", "bia"), "2026-11-27", "2026-11-26"),
    ("mtr_reconsider", decided("2026-10-30", "bia"), "2026-11-30", "2026-11-29"),
    ("mtr_reconsider", decided("2026-10-27", "bia"), "2026-11-27", "2026-11-26"),
    ("pfr", decided("2026-10-29", "bia"), "2026-11-30", "2026-11-28"),
    ("pfr", decided("2026-10-27", "bia"), "2026-11-27", "2026-11-26"),
    ("pfr", decided("2026-11-03", "bia"), "2026-12-03", "2026-12-03"),
    ("mtr_in_absentia", {"in_absentia_order": "2026-06-01"}, "2026-11-30", "2026-11-28"),
    ("mtr_in_absentia", {"in_absentia_order": "2026-05-30"}, "2026-11-27", "2026-11-26"),
    ("mtr_in_absentia", {"in_absentia_order": "2026-05-31"}, "2026-11-27", "2026-11-27"),
    ("rfe", {"notice_due": "2026-11-27"}, "2026-11-27", "2026-11-27"),
    ("rfe", {"notice_due": "2026-11-28"}, "2026-11-30", "2026-11-28"),
    ("rfe", {"notice_due": "2026-11-29"}, "2026-11-30", "2026-11-29"),
    ("rfe", {"notice_due": "2026-11-26"}, "2026-11-27", "2026-11-26"),
    ("eoir33", {"moved": "2026-11-20", "in_proceedings": True}, "2026-11-25", "2026-11-25"),
    ("eoir33", {"moved": "2026-11-21", "in_proceedings": True}, "2026-11-25", "2026-11-26"),  # holiday
    ("eoir33", {"moved": "2026-11-23", "in_proceedings": True}, "2026-11-27", "2026-11-28"),
    ("i730", granted("2024-11-28", "refugee"), "2026-11-27", "2026-11-28"),
    ("sij_21", {"birth_date": "2006-03-14", "sij": True}, "2027-03-12", "2027-03-13"),
    ("sij_21", {"birth_date": "2007-02-28", "sij": True}, "2028-02-25", "2028-02-27"),
    ("uac_18", {"birth_date": "2008-12-10", "uac": True}, "2026-12-09", "2026-12-09"),
    ("child_21", {"children": [{"birth_date": "2006-03-14"}]}, "2027-03-12", "2027-03-13"),
    ("noid", {"noid": "2026-11-19"}, "2026-12-04", "2026-12-05"),
    ("interview_evidence", {"asylum_interview": "2026-12-05"}, "2026-11-27", "2026-11-28"),
    ("pfr_dhs", decided("2026-10-29", "dhs"), "2026-11-30", "2026-11-28"),
    ("pfr_dhs", decided("2026-10-29", "asylum_office"), "2026-11-30", "2026-11-28"),
]
# Every row that stays where it falls, closed day or not.
UNMOVED = [
    ("ij_cf_review", {"fear_determination": "2026-11-21"}, "2026-11-28"),
    ("ij_cf_review", {"fear_determination": "2026-11-19"}, "2026-11-26"),
    ("rf_review", {"rf_referral": "2026-11-18"}, "2026-11-28"),
    ("aaf_court", {"aaf_court": "2026-11-28"}, "2026-11-28"),
    ("i589_callup", {"i589_callup": "2026-11-28"}, "2026-11-28"),
    ("interview_missed", {"asylum_interview": "2026-10-14"}, "2026-11-28"),
    ("status_refile", {"status": "visa", "status_end": "2026-11-28", "arrival": "2024-01-05"}, "2026-11-28"),
    ("refugee_gc", granted("2025-11-28", "refugee"), "2026-11-28"),
    ("ead_file", {"i589_received": "2026-01-10"}, "2026-06-09"),
    ("ead_eligible", {"i589_received": "2026-01-10"}, "2026-07-09"),
    ("ead_eligible", {"i589_received": "2026-05-30"}, "2026-11-26"),
    ("ead_renew", {"ead_expires": "2027-05-27"}, "2026-11-28"),
    ("ead_renew", {"ead_expires": "2028-08-27"}, "2028-02-29"),
    ("aaf_notice", {"annual_fee_notice": "2026-10-29"}, "2026-11-28"),
    ("ar11", {"moved": "2026-11-18"}, "2026-11-28"),
    ("ar11", {"moved": "2026-11-16"}, "2026-11-26"),
    ("i730", granted("2024-11-30"), "2026-11-30"),
    ("asylee_gc", granted("2025-11-28"), "2026-11-28"),
    ("asylee_gc", granted("2024-02-29"), "2025-02-28"),
]


@pytest.mark.parametrize(("key", "facts", "moved", "unmoved"), MOVED)
def test_a_date_on_a_closed_day_is_moved_as_its_rule_says(key, facts, moved, unmoved):
    assert day(key, **facts) == (moved, unmoved)
    assert is_business_day(date.fromisoformat(moved))


@pytest.mark.parametrize(("key", "facts", "due"), UNMOVED)
def test_a_date_without_a_weekend_rule_stays_where_it_falls(key, facts, due):
    assert day(key, **facts) == (due, due)


def test_every_row_of_the_data_has_a_case_here():
    covered = {row[0] for row in (*MOVED, *UNMOVED)} | {"evidence_detained"}
    assert covered == set(deadline_rules())


def test_whatever_a_row_may_say_can_be_counted():
    assert set(data.STARTS) == set(triggers.STARTS)
    assert set(data.CONDITIONS) == set(triggers.CONDITIONS)
    assert set(data.WEEKENDS) == set(MOVES)
    assert {rule.weekend for rule in deadline_rules().values()} <= set(MOVES)


TWO_JUDGES = [{"by": "judge", "date": "2026-11-03"}, {"by": "judge", "date": "2026-11-10"}]
BOARDS = {"pfr", "mtr_reopen", "mtr_reconsider"}
YEAR, CLOCK = {"oyd_operative", "oyd_outer"}, {"ead_file", "ead_eligible"}
JUDGES = {"bia_appeal_court_order", "bia_appeal_reg_text", "mtr_reopen", "mtr_reconsider"}


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        ({"arrival": "2026-03-10", "i589_received": "2026-03-09"}, {*YEAR, *CLOCK}),
        ({"arrival": "2026-03-10", "i589_received": "2026-03-10"}, CLOCK),
        ({"arrival": "2026-03", "i589_received": "2026-03-10"}, {*YEAR, *CLOCK}),
        ({"arrival": "2026-03-10", "i589_received": "2026-05-01", "i589_returned": True}, {*YEAR, *CLOCK}),
        ({"arrival": "2026-03-10", "i589_filed": True}, YEAR),
        ({"arrival": "2026-03-10", "uac": True}, YEAR),
        ({"arrival": "2027"}, set()),
        ({"arrival": "2026-03-10"}, {"oyd_operative", "oyd_outer"}),
        ({"individual_hearing": "2027-01-15"}, {"evidence_individual_nondetained"}),
        ({"individual_hearing": "2027-01-15", "detained": True}, {"evidence_detained"}),
        ({"detained_hearing": "2027-01-15"}, {"evidence_detained"}),
        ({"master_hearing": "2027-01-15", "detained": True}, set()),
        ({"master_hearing": "2027-01-15"}, {"master_nondetained"}),
        (decided("2026-11-03"), JUDGES),
        (decided("2026-11-03", asylum_merits=None), JUDGES),
        (decided("2026-11-03", asylum_merits=False), JUDGES),
        (decided("2026-11-03", asylum_merits=True), JUDGES - {"bia_appeal_reg_text"}),
        (decided("2026-11-03", filed="waived"), {"mtr_reopen", "mtr_reconsider"}),
        (decided("2026-11-03", filed="appeal"), JUDGES),
        (
            decided("2026-11-03", filed="appeal", filed_received="2026-11-20"),
            {"mtr_reopen", "mtr_reconsider"},
        ),
        ({"in_absentia_order": "2026-11-03"}, {"mtr_in_absentia", "mtr_reopen"}),
        ({"in_absentia_order": "2026-11-03", **decided("2026-11-03")}, {"mtr_in_absentia", "mtr_reopen"}),
        ({"in_absentia_order": "2026-11-03", **decided("2026-11")}, {"mtr_in_absentia", "mtr_reopen"}),
        ({"in_absentia_order": "2026-11-03", **decided("2026-11-04")}, {"mtr_in_absentia", *JUDGES}),
        (decided("2026-11-03", "dhs"), {"pfr_dhs"}),
        (decided("2026-11-03", "bia"), {"pfr", "mtr_reopen", "mtr_reconsider"}),
        (decided("2026-11-03", "bia", asylum_merits=True), {"pfr", "mtr_reopen", "mtr_reconsider"}),
        (decided("2026-11-03", "asylum_office"), {"pfr_dhs"}),
        ({"decisions": [{"by": "unsure", "date": "2026-11-03"}, {"by": "judge"}]}, set()),
        ({"decisions": [*TWO_JUDGES, {"by": "board", "date": "2026-11-10"}]}, BOARDS),
        ({"decisions": [*TWO_JUDGES, {"by": "board", "date": "2026-10-01"}]}, {*JUDGES, "pfr"}),
        ({"moved": "2026-11-20"}, {"ar11"}),
        ({"moved": "2026-11-20", "in_proceedings": True}, {"ar11", "eoir33"}),
        (granted("2026-11-03"), {"i730", "asylee_gc"}),
        (granted("2026-11-03", "refugee"), {"i730", "refugee_gc"}),
        ({**granted("2026-11-03", "refugee"), "i485_received": "2026-11-20"}, {"i730"}),
        (granted("2027-11-03"), set()),
        ({"birth_date": "2010-01-01", "uac": True}, {"uac_18"}),
        ({"children": [{"birth_date": "2010-01-01"}, {"birth_date": None}]}, set()),
        ({"asylum_interview": "2027-01-15"}, {"interview_evidence"}),
        ({"asylum_interview": "2026-11-20"}, {"interview_evidence", "interview_missed"}),
        ({"asylum_interview": "2026-11-20", "held": True}, {"interview_evidence"}),
        (
            {"asylum_interview": "2026-11-02", **decided("2026-11-03", "dhs")},
            {"interview_evidence", "pfr_dhs"},
        ),
        ({"fear_review_requested": "2026-11-20"}, {"ij_cf_review"}),
        ({"status": "daca", "status_end": "2026-12-31", "arrival": "2024-01-05"}, YEAR),
        ({"status": "tps", "status_end": "2024-12-31", "arrival": "2024-01-05"}, YEAR),
        ({"birth_date": "2010-01-01"}, set()),
        ({"sij": True}, set()),
        ({"birth_date": "2010-01-01", "sij": True}, {"sij_21"}),
        ({"i589_received": "2026-01-10"}, {"ead_file", "ead_eligible"}),
        ({"ead_stops": [{"from": "2026-01-10", "to": None}]}, set()),
    ],
)
def test_a_row_appears_only_where_it_has_a_place(facts, keys):
    assert set(dates(**facts)) == keys


def test_a_date_is_printed_with_everything_that_made_it():
    row = deadline_rules()["oyd_outer"]
    assert dates(arrival="2025-11-28")["oyd_outer"] == {
        "key": "oyd_outer",
        "name": "Last day the one-year rule can be read to allow",
        "kind": "last_day",
        "date": "2026-11-30",
        "latest": "2026-11-30",
        "safe": "2026-11-27",
        "unmoved_date": "2026-11-28",
        "rule": "1 year after last arrival in the US; on a closed day, the next open day",
        "citation": "INA 208(a)(2)(B); 8 CFR 208.4(a)(2)(ii), 1208.4(a)(2)(ii)",
        "inputs": {"arrival": "2025-11-28"},
        "confidence": "medium",
        "audience": "staff",
        "status": "ahead",
        "note": row.note,
        "source": row.source,
        "checked_on": None,
        "checked_by": None,
        "checked_against": None,
        "filed_when": row.filed_when,
        "applies_when": row.applies_when,
        "file_where": row.file_where,
        "fees": [
            {"name": "Asylum application (I-589) at USCIS", "amount_usd": 100},
            {"name": "Asylum application (I-589) at the immigration court", "amount_usd": 100},
        ],
        "no_filing": row.no_filing,
    }
    assert dates(arrival="2025-11-28")["oyd_operative"]["date"] == "2026-11-27"


INPUTS = [
    (decided("2026-11-03"), {"decision": {"date": "2026-11-03", "by": "judge"}}),
    (decided("2026-11-03", asylum_merits=False), None),
    (granted("2026-11-03"), None),
    ({"birth_date": "2010-01-01", "sij": True}, None),
    ({"individual_hearing": "2027-01"}, None),
    ({"individual_hearing": "2027-01", "detained": True}, {"individual_hearing": "2027-01"}),
    ({"detained_hearing": "2027-01-15", "individual_hearing": "2027-02-02"}, None),
    ({"i589_received": "2026-01-10"}, None),
    ({"i589_received": "2026-01-10", "ead_stops": [{"from": "2026-02-01", "to": None}]}, None),
    ({"i589_received": "2026-01-10", "ead_stops": [{"from": "2026-02-01", "to": "2026-03-01"}]}, None),
]


@pytest.mark.parametrize(("facts", "used"), INPUTS)
def test_each_date_names_the_facts_it_used(facts, used):
    for due in dates(**facts).values():
        kept = used or {key: value for key, value in facts.items() if key in due["inputs"]}
        assert due["inputs"] == kept
        assert kept


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
    assert status_of(None, on=on) == "open_ended"


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


PARTIAL = "Only a part of this date is known: the first day it can mean is used, and the last is beside it."


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


# --- the work-permit clock: received 10 January 2026, so day 150 is 9 June and day 180 is 9 July


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


# --- the judge's date


def judged(*pairs, **facts):
    ordered = [{"replaces": key, "date": on} for key, on in pairs]
    return dates(judge_dates=ordered, **facts)


def test_the_judges_date_wins_and_says_so():
    pair = ("evidence_individual_nondetained", "2026-12-11")
    found = judged(pair, individual_hearing="2027-01-15", arrival="2026-03-10")
    due = found["evidence_individual_nondetained"]
    assert (due["date"], due["unmoved_date"], due["status"]) == ("2026-12-11", "2026-12-11", "ahead")
    assert due["note"] == "The judge set this date. The rule alone gives 2026-12-16."
    assert due["citation"].startswith("the judge's order, in place of: ICPM ch. 3.1(b)(2)")
    assert due["rule"].startswith("the date the judge set, in place of: 30 calendar days before")
    assert due["confidence"] == "as told"
    assert due["inputs"] == {"individual_hearing": "2027-01-15", "judge_dates": ["2026-12-11"]}
    assert due["name"] == deadline_rules()["evidence_individual_nondetained"].name
    assert found["oyd_operative"]["date"] == "2027-03-09"


def test_a_later_date_of_a_judge_stands_beside_the_rules_until_the_order_is_on_file():
    facts = {"individual_hearing": "2027-01-15"}
    later = {"replaces": "evidence_individual_nondetained", "date": "2026-12-19"}
    due = dates(judge_dates=[later], **facts)["evidence_individual_nondetained"]
    assert due["date"] == "2026-12-16"
    assert due["note"].startswith(
        "A judge's date was told without the order on file: 2026-12-19. Until it is there, work to this one."
    )
    due = dates(judge_dates=[{**later, "on_file": True}], **facts)["evidence_individual_nondetained"]
    assert (due["date"], due["latest"], due["safe"]) == ("2026-12-19", "2026-12-19", None)


def test_of_several_dates_of_a_judge_the_earliest_counts_and_the_others_are_named():
    pairs = [("i589_callup", "2027-01-05"), ("i589_callup", "2026-11-20"), ("i589_callup", "2026-12-24")]
    due = judged(*pairs)["i589_callup"]
    assert (due["date"], due["status"]) == ("2026-11-20", "passed")
    assert due["note"] == "The judge set this date. Other dates were set too: 2026-12-24, 2027-01-05."
    assert due["inputs"] == {"judge_dates": ["2026-11-20", "2026-12-24", "2027-01-05"]}


def test_a_judges_date_is_shown_even_where_the_rule_has_no_place():
    found = judged(("evidence_detained", "2026-12-12"), arrival="2027")
    assert {key: due["date"] for key, due in found.items()} == {"evidence_detained": "2026-12-12"}
    assert found["evidence_detained"]["note"] == "The judge set this date."


@pytest.mark.parametrize("key", sorted(set(deadline_rules()) - set(JUDGE_MOVES)))
def test_a_judge_cannot_move_what_a_statute_or_another_body_sets(key):
    with pytest.raises(
        BadFacts, match=rf"no judge can move {key}, which is set by .*; a judge can move only"
    ):
        judged((key, "2027-06-04"), arrival="2026-03-10")


# --- facts from outside


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"color": "blue"}, "facts: unknown key: color"),
        ({"arrival": "soon"}, "arrival is not a date: 'soon'"),
        ({"uac": "yes"}, "uac must be true or false"),
        ({"i589_received": 2026}, "i589_received is not a date: 2026"),
        ({"birth_date": "1850-01-01"}, "birth_date must lie between 1900 and 2199: '1850-01-01'"),
        ({"decision": "2026-11-03"}, "decision must be an object"),
        ({"decision": {}}, "decision.date is needed"),
        ({"decision": {"date": "2026-11-03"}}, "decision.by is needed"),
        ({"decision": {"date": "x", "by": "judge"}}, "decision.date is not a date: 'x'"),
        (
            {"decision": {"date": "2026-11-03", "by": "court"}},
            "decision.by must be one of officer, dhs, judge, board, absentia, unsure, asylum_office, bia:"
            " 'court'",
        ),
        (decided("2026-11-03", asylum_merits="no"), "decision.asylum_merits must be true or false"),
        (decided("2026-11-03", when="x"), "decision: unknown key: when"),
        ({"granted": {"kind": "asylum"}}, "granted.date is needed"),
        ({"granted": {"date": "2026-11-03"}}, "granted.kind is needed"),
        (granted("2026-11-03", "tps"), "granted.kind must be one of asylum, refugee: 'tps'"),
        ({"ead_stops": {}}, "ead_stops must be a list"),
        ({"ead_stops": ["x"]}, "ead_stops[0] must be an object"),
        ({"ead_stops": [{"from": "2026-01-01"}, {"to": None}]}, "ead_stops[1].from is needed"),
        ({"ead_stops": [{"from": "x"}]}, "ead_stops[0].from is not a date: 'x'"),
        ({"ead_stops": [{"from": "2026-01-02", "to": "x"}]}, "ead_stops[0].to is not a date: 'x'"),
        (
            {"ead_stops": [{"from": "2026-01-02", "to": "2026-01-01"}]},
            "ead_stops[0].to is before ead_stops[0].from",
        ),
        ({"judge_dates": "x"}, "judge_dates must be a list"),
        ({"judge_dates": [{"date": "2026-01-01"}]}, "judge_dates[0].replaces is needed"),
        ({"judge_dates": [{"replaces": "i589_callup"}]}, "judge_dates[0].date is needed"),
        (
            {"judge_dates": [{"replaces": "i589_callup", "date": "x"}]},
            "judge_dates[0].date is not a date: 'x'",
        ),
    ],
)
def test_malformed_facts_are_refused_by_name(facts, said):
    with pytest.raises(BadFacts) as refused:
        DeadlineFacts.from_dict(facts)
    assert str(refused.value) == said


def test_a_judges_date_for_an_unknown_row_is_refused():
    with pytest.raises(BadFacts, match=r"^judge_dates\[0\].replaces must be one of oyd_outer, .*: 'lunch'$"):
        DeadlineFacts.from_dict({"judge_dates": [{"replaces": "lunch", "date": "2026-01-01"}]})


@pytest.mark.parametrize("key", sorted(READERS))
def test_null_is_not_known(key):
    assert DeadlineFacts.from_dict({key: None}) == DeadlineFacts()


# --- what must hold whatever the facts are

DAY = st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(date.isoformat)
STOPS = st.lists(st.tuples(DAY, st.none() | DAY), max_size=3).map(
    lambda pairs: [
        {"from": min(pair, key=lambda one: one or "9"), "to": pair[1] and max(pair)} for pair in pairs
    ]
)
PART = DAY | DAY.map(lambda day: day[:7]) | DAY.map(lambda day: day[:4])
NEAR = st.dates(date(2024, 1, 1), date(2027, 12, 31)).map(date.isoformat)
NEAR_PART = NEAR | NEAR.map(lambda day: day[:7])
FACTS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(DAYS, PART | NEAR_PART),
        **dict.fromkeys(FLAGS, st.booleans()),
        "i589_returned": st.booleans() | NEAR_PART,
        "status": st.sampled_from(["visa", "tps", "daca"]),
        "children": st.lists(st.fixed_dictionaries({"birth_date": PART}), max_size=2),
        "ead_stops": STOPS,
        "granted": st.fixed_dictionaries({"date": PART, "kind": st.sampled_from(["asylum", "refugee"])}),
        "decision": st.fixed_dictionaries(
            {"date": PART, "by": st.sampled_from(["judge", "asylum_office", "bia"])},
            optional={"asylum_merits": st.none() | st.booleans()},
        ),
        "decisions": st.lists(
            st.fixed_dictionaries(
                {"by": st.sampled_from(["judge", "absentia", "board", "dhs", "officer", "unsure"])},
                optional={
                    "date": st.none() | NEAR_PART,
                    "filed": st.sampled_from([None, "appeal", "motion", "waived"]),
                    "filed_received": st.none() | NEAR_PART,
                },
            ),
            max_size=3,
        ),
        "judge_dates": st.lists(
            st.fixed_dictionaries({"replaces": st.sampled_from(JUDGE_MOVES), "date": NEAR}), max_size=2
        ),
    },
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | DAY,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date", "by", "kind", "from", "to", "replaces", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(READERS)) | st.text(max_size=5), JSON, max_size=6), DAY | JSON)
def test_malformed_facts_are_never_anything_but_refused_or_counted(facts, as_of):
    try:
        found = deadlines_item({"facts": facts, "as_of": as_of})
    except BadFacts:
        return
    assert isinstance(found, list)


@settings(max_examples=many(5_000), deadline=None)
@given(FACTS, st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_counting_again_changes_nothing_and_every_date_is_whole(facts, on):
    found = deadlines(DeadlineFacts.from_dict(facts), on=on)
    assert found == deadlines(DeadlineFacts.from_dict(facts), on=on)
    assert len({(due.key, due.subject) for due in found}) == len(found)
    for due in found:
        assert due.citation and due.rule and due.name and due.inputs
        assert due.confidence in CONFIDENCE
        assert due.audience in ("staff", "lawyer")
        assert due.kind in KINDS
        assert due.status in STATUSES
        assert (due.date is None) == (due.latest is None) == (due.status == "open_ended")
        if due.date and due.latest:
            assert due.date <= due.latest
            assert due.safe is None or due.safe < due.date
            assert (due.status in ("passed", "gone_by")) == (due.latest < on)
            assert due.kind != "safe_day" or due.confidence == "as told" or due.date <= due.unmoved_date
    places = [(due.status in ("passed", "gone_by"), max(due.date or date.max, on)) for due in found]
    assert [over for over, _day in places] == sorted(over for over, _day in places)
    live = [day for over, day in places if not over]
    assert live == sorted(live)


@settings(max_examples=many(5_000), deadline=None)
@given(FACTS, st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.sampled_from(BANDS))
def test_nobody_looks_after_a_day_that_can_still_be_missed(facts, on, band):
    found = case_dates(DeadlineFacts.from_dict(facts), on=on)
    by = look_by(band, found, on=on)
    assert on <= by <= look_within(band, on)
    assert is_business_day(by) or by == on
    for due in found:
        if not due.is_live or due.kind == "first_day":
            continue
        if due.status == "may_be_passed" and due.kind != "event":
            assert by <= due.latest
            assert by == on or due.span_days > 31
        else:
            assert by <= max(due.date, on) or (due.kind == "last_day" and by <= due.latest)
            assert by < max(due.date, on) or by == on or due.kind == "last_day"


@settings(max_examples=many(2_000), deadline=None)
@given(FACTS, st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_a_day_that_passes_never_gives_more_time(facts, on):
    """Monotonic in days: what has gone by has not begun again tomorrow, and no date moves by itself."""
    known, tomorrow = DeadlineFacts.from_dict(facts), on + timedelta(days=1)
    today = {(due.key, due.subject): due for due in deadlines(known, on=on)}
    for due in deadlines(known, on=tomorrow):
        before = today.get((due.key, due.subject))
        if before and before.status in ("passed", "gone_by") and before.date == due.date:
            assert due.status in ("passed", "gone_by") or due.latest > before.latest


@settings(max_examples=300, deadline=None)
@given(st.dates(date(1990, 1, 1), TODAY))
def test_the_safe_date_is_before_the_outer_and_both_agree_with_the_screening(arrived):
    found = dates(arrival=arrived.isoformat())
    safe, outer = found["oyd_operative"]["date"], found["oyd_outer"]["date"]
    assert safe < outer
    screened = assess(Facts.from_dict({"fear": "yes", "arrival": arrived.isoformat()}), on=TODAY)
    assert screened.one_year_dates() == {
        "operative": safe,
        "anniversary": found["oyd_outer"]["unmoved_date"],
        "outer": outer,
        "outer_latest": outer,
    }
    assert found["oyd_outer"]["safe"] == safe


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_both_readings_of_the_appeal_agree_with_the_screening(denied):
    found = dates(denied, **decided(denied.isoformat()))
    screened = assess(Facts.from_dict({"denial_date": denied.isoformat()}), on=denied)
    [used] = [finding.inputs for finding in screened.findings if finding.code == "APPEAL_WINDOW_OPEN"]
    assert used["early"] == found["bia_appeal_reg_text"]["date"]
    assert used["late"] == found["bia_appeal_court_order"]["date"]


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 30))
def test_working_days_are_counted_one_by_one_both_ways(start, count):
    end = add_working_days(start, count)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(is_business_day, between)) == count
    begin = add_working_days(start, -count)
    before = [start - timedelta(days=n) for n in range(1, (start - begin).days + 1)]
    assert sum(map(is_business_day, before)) == count
    assert is_business_day(end) and is_business_day(begin)


def test_no_working_days_are_no_move_at_all():
    assert add_working_days(date(2026, 11, 28), 0) == date(2026, 11, 28)


# --- as the application uses them


def test_the_application_shows_the_dates_people_were_told_beside_those_counted():
    facts = DeadlineFacts(
        arrival=PartialDate(2026, 3, 10),
        individual_hearing=PartialDate(2027, 1, 15),
        master_hearing=PartialDate(2027, 2),
        notice_due=PartialDate(2026, 11, 28),
        decision=Decision(PartialDate(2026, 11, 3), "judge"),
    )
    found = {due.key: due for due in case_dates(facts, on=TODAY)}
    assert list(found) == [
        *("notice_due", "bia_appeal_court_order", "mtr_reconsider", "evidence_individual_nondetained"),
        *("individual_hearing", "master_nondetained", "master_hearing", "mtr_reopen", "oyd_operative"),
        *("oyd_outer", "bia_appeal_reg_text"),
    ]
    hearing = found["individual_hearing"]
    assert (hearing.date, hearing.unmoved_date, hearing.status) == (
        date(2027, 1, 15),
        date(2027, 1, 15),
        "ahead",
    )
    assert (hearing.citation, hearing.confidence, hearing.rule) == ("hearing notice", "as told", "")
    assert (hearing.name, hearing.note) == ("Individual hearing", "Check the hearing notice.")
    assert (hearing.audience, hearing.inputs) == ("staff", {"individual_hearing": "2027-01-15"})
    assert found["master_hearing"].note == f"{PARTIAL} Check the hearing notice."
    assert found["master_hearing"].date == found["master_hearing"].unmoved_date == date(2027, 2, 1)
    assert found["notice_due"].date == date(2026, 11, 28)
    assert found["notice_due"].citation == "the letter itself"
    assert {due.key for due in deadlines(facts, on=TODAY)} - set(found) == {"rfe"}


def test_the_application_shows_no_date_nobody_told():
    assert case_dates(DeadlineFacts(), on=TODAY) == []


def test_every_date_of_today_has_a_name_for_people_in_their_language():
    """A row that is added meanwhile shows its own name until it has one here."""
    assert {*deadline_rules(), *told.TOLD} == set(DEADLINES)


@pytest.mark.parametrize(
    ("band", "by"),
    [
        ("CRITICAL", date(2026, 11, 25)),
        ("HIGH", date(2026, 11, 30)),
        ("MEDIUM", date(2026, 12, 3)),
        ("ROUTINE", date(2026, 12, 10)),
    ],
)
def test_a_person_looks_within_business_days(band, by):
    """Opened on the Wednesday before Thanksgiving."""
    assert look_within(band, date(2026, 11, 25)) == by


def test_a_state_is_said_as_its_kind_has_it_and_never_as_a_loss():
    assert (
        status_words("gone_by", "safe_day", last_day_ahead=True) == "safe day gone by, last day still ahead"
    )
    assert status_words("gone_by", "safe_day") == "safe day gone by"
    assert {str(status_words("gone_by", kind)) for kind in KINDS} <= {
        *map(str, GONE_BY.values()),
        str(STATUSES["gone_by"]),
    }
    for status in STATUSES:
        assert "lost" not in str(status_words(status, "last_day"))


# --- both engines at once


def looked_at(**facts):
    found = screen_item({"facts": {"fear": "yes", **facts}, "as_of": "2026-11-28"})
    return found["look_by"], found["next_thing"]


@pytest.mark.parametrize(
    ("facts", "by", "thing"),
    [
        (
            {"arrival": "2025-11"},
            "2026-11-28",
            "Today: find out which day they came; if Nov 28 to 30, 2025, file the I-589 online today (paper"
            " cannot arrive by Monday); in court: e-file Monday, Nov 30.",
        ),
        (
            {"arrival": "2026-10-01", "master_hearing": "2026-11-28"},
            "2026-11-28",
            "Today: prepare the hearing (Master hearing).",
        ),
        (
            {"decisions": [{"by": "board", "date": "2026-10-31"}]},
            "2026-11-28",  # Monday is the last day, and Friday has gone by
            "By Monday, Nov 30: file to reconsider (Motion to reconsider).",
        ),
        (
            {"arrival": "2024-03-01", "checkin": "2026-12-02"},
            "2026-12-01",
            "By Wednesday, Dec 2: prepare the check-in (Check-in with immigration).",
        ),
        (
            {"arrival": "2026-10-01", "noid": "2026-11-19"},
            "2026-12-03",
            "By Friday, Dec 4: answer the notice (Answer to the asylum office's notice of intent to deny).",
        ),
    ],
)
def test_a_case_says_by_when_to_look_and_the_one_thing_to_do(facts, by, thing):
    assert looked_at(**facts) == (by, thing)


def test_a_key_neither_engine_knows_is_named():
    with pytest.raises(BadFacts, match=r"^facts: unknown key: color$"):
        looked_at(color="blue")
    assert looked_at(judge_dates=[{"replaces": "i589_callup", "date": "2026-12-01"}])[0] == "2026-11-30"

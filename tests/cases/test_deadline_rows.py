"""Which rows a case has, on which day each falls, and what is printed with it."""

from datetime import date

import pytest

from cases import data
from cases.batch import deadlines_item
from cases.data import deadline_rules
from cases.rules import triggers
from cases.rules.counting import MOVES
from foundation.calendar import is_business_day
from tests.support.dated import dates, day, decided, granted


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


@pytest.mark.parametrize(
    ("key", "facts", "safe"),
    [
        ("bia_appeal_court_order", decided("2026-11-03"), "2026-12-02"),  # the day before a Thursday
        ("pfr", decided("2026-10-31", "bia"), "2026-11-27"),  # before a Monday, a Friday
        ("oyd_outer", {"arrival": "2025-11-29"}, "2026-11-27"),  # before a Sunday that moves to Monday
        ("response_to_motion", {"motion_filed_by_dhs": "2026-11-17"}, "2026-11-25"),  # before it, a holiday
        ("eoir33", {"moved": "2026-11-20", "in_proceedings": True}, None),  # it is shown a day early itself
        ("evidence_individual_nondetained", {"individual_hearing": "2027-01-15"}, None),
        ("ar11", {"moved": "2026-11-18"}, None),
    ],
)
def test_a_date_that_closed_days_move_later_has_an_open_day_before_it_that_is_safe(key, facts, safe):
    assert dates(**facts)[key]["safe"] == safe


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
        (
            decided("2026-09-01", filed="appeal", filed_received="2026"),
            {"mtr_reopen"},  # nothing is over that an appeal in time would have kept open
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


# A receipt of the month's 20th counts where they came before it, and not where they came after.
FILED_PERHAPS = {"arrival": "2026-11", "i589_received": "2026-11-20"}
ENDED = {
    "child_21": {"children": [{"birth_date": "2005-11-30"}]},
    "uac_18": {"uac": True, "birth_date": "2008-11-25"},
}


@pytest.mark.parametrize("key", ENDED)
@pytest.mark.parametrize(
    ("arrival", "statuses"),
    [("2026-11", []), ("2026-11-21", ["over"]), ("2026-11-19", [])],
    ids=["by some reading filed", "not filed", "filed"],
)
def test_a_birthday_is_not_said_to_be_gone_while_a_receipt_may_have_come_before_it(key, arrival, statuses):
    facts = {**FILED_PERHAPS, **ENDED[key], "arrival": arrival}
    rows = deadlines_item({"facts": facts, "as_of": "2026-11-28"})
    found = [row["status"] for row in rows if row["key"] == key]
    assert ["over" if status in ("passed", "gone_by") else status for status in found] == statuses

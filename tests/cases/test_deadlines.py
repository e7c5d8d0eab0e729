"""The dates of a case, as the rules count them. As of Monday 23 November 2026."""

from datetime import date

import pytest

from cases.data import deadline_rules
from cases.rules import LOOK_WITHIN, RULES, DeadlineFacts, deadlines, look_within
from cases.words import DEADLINES
from foundation.calendar import PartialDate

TODAY = date(2026, 11, 23)


def dates(**facts):
    parsed = {
        key: PartialDate.parse(value) if isinstance(value, str) else value for key, value in facts.items()
    }
    return {due.key: due for due in deadlines(DeadlineFacts(**parsed), on=TODAY)}


def test_without_facts_there_are_no_dates():
    assert dates() == {}


def test_the_two_one_year_dates_stand_beside_each_other():
    found = dates(arrival="2025-11-28")
    assert found["oyd_operative"].date == date(2026, 11, 27)
    assert found["oyd_outer"].date == date(2026, 11, 30)
    assert found["oyd_outer"].unmoved_date == date(2026, 11, 28)
    assert found["oyd_outer"].audience == "lawyer"


@pytest.mark.parametrize("facts", [{"i589_filed": True}, {"uac": True}, {"afraid": False}])
def test_the_one_year_rule_does_not_run_where_it_has_no_place(facts):
    assert dates(arrival="2026-03-10", **facts) == {}


def test_evidence_is_due_thirty_days_before_an_individual_hearing():
    found = dates(individual_hearing="2027-01-15")
    assert found["evidence_individual_nondetained"].date == date(2026, 12, 16)
    weekend = dates(individual_hearing="2027-01-12")["evidence_individual_nondetained"]
    assert (weekend.unmoved_date, weekend.date) == (date(2026, 12, 13), date(2026, 12, 11))


def test_in_detention_the_court_sets_the_date():
    found = dates(individual_hearing="2027-01-15", detained=True)
    assert found["evidence_detained"].date is None
    assert found["evidence_detained"].status == "open_ended"
    assert "evidence_individual_nondetained" not in found


def test_a_filing_before_a_master_hearing():
    assert dates(master_hearing="2027-01-15")["master_nondetained"].date == date(2026, 12, 31)


def test_both_readings_of_the_time_to_appeal_are_shown():
    found = dates(judge_denied="2026-11-03")
    assert found["bia_appeal_court_order"].date == date(2026, 12, 3)
    assert found["bia_appeal_reg_text"].date == date(2026, 11, 13)
    assert found["bia_appeal_reg_text"].status == "passed"


def test_half_a_date_is_shown_by_its_first_day_and_says_so():
    hearing = dates(master_hearing="2027-02")["master_hearing"]
    assert hearing.date == date(2027, 2, 1)
    assert "first day" in hearing.note


def test_dates_are_sorted_and_those_without_one_come_last():
    found = list(dates(arrival="2026-03-10", individual_hearing="2027-01-15", detained=True).values())
    days = [due.date for due in found]
    assert days[-1] is None
    assert days[:-1] == sorted(days[:-1])


def test_every_date_has_a_citation_a_confidence_and_a_name_for_people():
    for rule in deadline_rules().values():
        assert rule.citation and rule.confidence in ("high", "medium", "low")
    assert set(RULES) <= set(DEADLINES)


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
    assert set(LOOK_WITHIN) == {"CRITICAL", "HIGH", "MEDIUM", "ROUTINE"}

"""Why a date moved, came or went."""

from datetime import date

import pytest

from cases.rules import DeadlineFacts, Made, deadline_rules, deadlines, reasons_between, reasons_gone

ON = date(2026, 11, 23)
ARRIVED = Made(date(2027, 3, 10), "1 year after arrival", "INA 208", {"arrival": "2026-03-10"})


def differing(**changes):
    return reasons_between(ARRIVED, Made(**{**vars(ARRIVED), **changes}))


def test_another_fact_is_named():
    assert differing(day=date(2027, 4, 1), inputs={"arrival": "2026-04-01"}) == ["fact:arrival"]


def test_another_rule_or_citation_is_named():
    assert differing(rule="2 years after arrival") == ["rule"]
    assert differing(citation="INA 209") == ["rule"]


def test_a_fact_and_a_rule_are_both_named():
    assert differing(rule="2 years", inputs={"arrival": "2026-04-01"}) == ["fact:arrival", "rule"]


def test_a_judges_date_is_named_and_not_the_words_it_puts_in_place_of_the_rule():
    judged = {"arrival": "2026-03-10", "judge_dates": ["2027-02-01"]}
    assert differing(rule="the date the judge set", inputs=judged) == ["judge"]


def test_a_day_that_moves_with_nothing_else_moved_with_the_calendar():
    assert differing(day=date(2027, 3, 11)) == ["calendar"]


def facts(**known):
    return DeadlineFacts.from_dict(known)


@pytest.mark.parametrize(
    ("key", "known", "reasons"),
    [
        ("oyd_outer", {"arrival": "2026-03-10", "i589_received": "2026-05-01"}, ["fact:i589_received"]),
        ("uac_18", {"birth_date": "2010-03-10"}, ["fact:uac"]),
        (
            "refugee_gc",
            {"granted": {"date": "2026-03-10", "kind": "refugee"}, "i485_received": "2026-11-01"},
            ["fact:i485_received"],
        ),
        ("oyd_outer", {}, ["fact:arrival"]),
        ("eoir33", {"moved": "2026-11-02"}, ["fact:in_proceedings"]),
        (
            "evidence_individual_nondetained",
            {"individual_hearing": "2027-01-15", "detained": True},
            ["fact:detained"],
        ),
        ("sij_21", {"birth_date": "2006-05-01"}, ["fact:sij"]),
    ],
)
def test_a_date_that_went_says_what_took_it_away(key, known, reasons):
    used = {"arrival": "2026-03-10"} if key.startswith("oyd") else {}
    assert reasons_gone(key, used, facts(**known), on=ON) == reasons


def test_a_date_whose_judge_took_it_back_says_so():
    assert reasons_gone("bia_brief", {"judge_dates": ["2027-01-01"]}, facts(), on=ON) == ["judge"]


def test_a_date_whose_rule_left_the_file_says_so():
    assert "old_rule" not in deadline_rules()
    assert reasons_gone("old_rule", {"arrival": "2026-03-10"}, facts(), on=ON) == ["rule"]


def test_a_hearing_that_was_told_and_is_not_so_names_the_hearing():
    used = {"individual_hearing": "2027-01-15"}
    assert reasons_gone("individual_hearing", used, facts(), on=ON) == ["fact:individual_hearing"]


def test_every_day_that_is_counted_from_a_birthday_is_known_to_be():
    known = {"birth_date": "2009-05-01", "sij": True, "uac": True, "children": [{"birth_date": "2006-05-01"}]}
    found = deadlines(DeadlineFacts.from_dict({**known, "moved": "2026-11-02"}), on=ON)
    birthdays = {due.key for due in found if due.date and (due.date.month, due.date.day) == (4, 30)}
    assert birthdays == {due.key for due in found if due.is_birthday} == {"sij_21", "uac_18", "child_21"}

"""Which of several things comes first. Today is Monday 23 November 2026."""

from datetime import date, timedelta

from cases.rules.engine import DueDate, status_of
from cases.rules.next import FIND, LOOK, ROW, NextThing, next_thing
from screening.rules import Finding

ON = date(2026, 11, 23)
TOMORROW, LATER = ON + timedelta(days=1), ON + timedelta(days=2)


def due(key, day, latest=None, kind="last_day"):
    status = status_of(day, on=ON, latest=latest, kind=kind, key=key)
    return DueDate(*(key, "", day, day, "", "", "", status), latest=latest or day, kind=kind)


def first(*dates, codes=(), look_by=None):
    return next_thing([Finding(code, "", "FLAG", {}) for code in codes], dates, on=ON, look_by=look_by)


def test_a_case_of_which_nothing_is_asked_is_looked_at_by_its_day():
    assert first(look_by=LATER) == NextThing(LOOK, LATER)
    assert first() == NextThing(LOOK, ON)


def test_what_is_due_today_comes_before_what_must_be_found_out_today():
    assert first(due("pfr", ON), codes=["FEAR_SCREENING"]) == NextThing(ROW, ON, "pfr")
    assert first(due("pfr", TOMORROW), codes=["FEAR_SCREENING"]) == NextThing("FEAR_SCREENING", ON)


def test_what_must_be_found_out_soon_stands_among_the_dates_by_its_day():
    hearing = ["HEARING_PASSED"]
    assert first(due("pfr", TOMORROW), codes=hearing, look_by=LATER) == NextThing(ROW, TOMORROW, "pfr")
    assert first(due("pfr", LATER), codes=hearing, look_by=TOMORROW).code == "HEARING_PASSED"


def test_of_one_day_the_dates_keep_their_order():
    assert first(due("pfr", LATER), due("mtr_reopen", LATER)).key == "pfr"
    assert first(due("pfr", LATER), due("mtr_reopen", TOMORROW)).key == "mtr_reopen"


def test_a_question_is_asked_once_nothing_is_due():
    assert first(codes=["OYD_PASSED"], look_by=LATER) == NextThing("OYD_PASSED", LATER)
    assert first(due("pfr", LATER), codes=["OYD_PASSED"]) == NextThing(ROW, LATER, "pfr")


def test_a_date_that_may_have_passed_is_found_out_and_a_hearing_prepared():
    before = ON - timedelta(days=3)
    assert first(due("oyd_outer", before, LATER)) == NextThing(FIND, ON, "oyd_outer", (LATER,))
    assert first(due("checkin", before, LATER, kind="event")) == NextThing(ROW, ON, "checkin")


def test_a_date_known_in_part_is_worked_to_its_first_day():
    assert first(due("pfr", TOMORROW, LATER)) == NextThing(ROW, TOMORROW, "pfr")
    assert first(due("pfr", ON, LATER)) == NextThing(ROW, ON, "pfr")

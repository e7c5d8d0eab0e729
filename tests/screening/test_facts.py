"""What the answers of the form mean to the rules."""

from datetime import date

import pytest

from foundation.calendar import PartialDate
from intake.questionnaire.program import OthersHelped
from screening.facts import facts_from, left_open, state_of_court, turns_soon
from screening.rules import Facts, assess
from screening.rules.gates import REPRESENTATION

TODAY = date(2026, 11, 23)


def facts(**answers):
    return facts_from(answers, on=TODAY)


@pytest.mark.parametrize(
    ("answers", "rep"),
    [
        ({}, None),
        ({"rep": ""}, None),
        ({"rep": "unsure"}, "unknown"),
        ({"rep": "other_org"}, "other_org_waitlist"),
        ({"rep": "none"}, "none"),
        ({"rep": "none", "notario": "no"}, "none"),
        ({"rep": "none", "notario": "yes"}, "notario"),
        ({"rep": "active", "notario": "yes"}, "active"),
        ({"rep": "limited"}, "limited"),
        ({"rep": "ending"}, "ending"),
    ],
)
def test_an_answer_about_a_lawyer_becomes_the_rules_word(answers, rep):
    assert facts(**answers).rep == rep


def test_every_answer_the_form_offers_is_a_word_of_the_rules():
    offered = [value for value, _label in OthersHelped.base_fields["rep"].choices if value]
    assert {facts(rep=value).rep for value in offered} <= set(REPRESENTATION)


@pytest.mark.parametrize(
    ("answer", "entry"), [("skip", None), ("", None), ("ewi", "ewi"), ("other", "other")]
)
def test_who_would_rather_not_say_how_they_came_has_not_answered(answer, entry):
    assert facts(entry=answer).entry == entry


def test_an_empty_form_is_screened_without_a_refusal():
    assert facts() == Facts()
    assert assess(facts(), on=TODAY).outcome == "STAFF_REVIEW"


@pytest.mark.parametrize(("kind", "fact"), [("master", "master_hearing"), ("", "individual_hearing")])
def test_a_hearing_of_unknown_kind_is_read_as_the_more_urgent(kind, fact):
    read = facts(hearing_date="2026-12", hearing_kind=kind)
    assert getattr(read, fact) == PartialDate(2026, 12)


@pytest.mark.parametrize(
    ("born", "age"),
    [("", None), ("2008-11-23", 18), ("2008-11-24", 17), ("2008-11", 17), ("2008", 17), ("2030", 0)],
)
def test_an_age_is_the_youngest_a_birth_date_allows(born, age):
    assert facts(birth_date=born).age == age


@pytest.mark.parametrize(
    ("born", "vulnerable"), [("1961-11-23", True), ("1961-11-24", False), ("1960", True)]
)
def test_someone_of_65_needs_special_care(born, vulnerable):
    assert facts(birth_date=born).vulnerable is vulnerable


@pytest.mark.parametrize(
    ("answers", "vulnerable"),
    [
        ({}, False),
        ({"access": []}, False),
        ({"access": ["none"]}, False),
        ({"access": ["see"]}, True),
        ({"access": "hear"}, True),
        ({"care": ["ill"]}, True),
        ({"care": []}, False),
        ({"torture": "yes"}, False),  # a fear of torture is the claim, not a need of care
    ],
)
def test_a_need_of_care_is_what_the_answers_say(answers, vulnerable):
    assert facts(**answers).vulnerable is vulnerable


@pytest.mark.parametrize(
    ("born", "soon"),
    [
        ("", False),
        ("2008-11-23", False),  # 18 today
        ("2008-11-24", True),  # tomorrow
        ("2009-02-21", True),  # in 90 days
        ("2009-02-22", False),  # in 91
        ("2005-11-23", False),  # 21 today
        ("2006-05-22", True),  # 21 in 180 days
        ("2006-05-23", False),
        ("2009-02", True),  # a day of that month may be near
        ("2009-03", False),
        ("2008", True),
        ("2010", False),
        ("2008-02-29", False),
    ],
)
def test_a_birthday_is_soon_within_90_or_180_days(born, soon):
    assert turns_soon(born, on=TODAY) is soon
    assert facts(dob=born).turns_18_or_21_soon is soon


def test_a_birthday_on_29_february_falls_on_the_28th_in_other_years():
    assert turns_soon("2008-02-29", on=date(2026, 2, 27))
    assert not turns_soon("2008-02-29", on=date(2026, 2, 28))


@pytest.mark.parametrize(
    ("answer", "fact"), [("refused", True), ("soon", True), ("passed", False), ("no", False)]
)
def test_a_fear_interview_refused_or_ahead_counts(answer, fact):
    assert facts(fear_interview=answer).fear_screening is fact


@pytest.mark.parametrize(
    ("court", "state"),
    [("Newark, NJ", "NJ"), ("Adelanto Immigration Court, CA", "CA"), ("Newark", None), ("", None)],
)
def test_a_court_is_in_the_state_its_name_ends_with(court, state):
    assert state_of_court(court) == state
    assert facts(court=court).court_state == state


def test_the_longer_questionnaire_is_understood():
    read = facts(
        hardship="yes",
        consent="no",
        asylum_interview="2026-12-01",
        checkin="2026-12-02",
        rep="none",
        waitlist="yes",
    )
    assert (read.hardship, read.consent, read.rep) == (True, False, "other_org_waitlist")
    assert read.asylum_interview == PartialDate(2026, 12, 1)
    assert read.checkin == PartialDate(2026, 12, 2)


def test_harm_in_this_country_points_to_the_forms_for_it():
    assert facts(us_harm="yes", child_parent="yes", wants=["u"]).other_protection == ("u", "t", "vawa", "sij")
    assert facts(us_harm="talk", child_parent="no").other_protection == ()


def test_what_nobody_said_is_left_open():
    assert {"benefit", "in_proceedings", "fear_screening"} <= left_open({})
    assert "benefit" not in left_open({"benefits": "no"})
    assert "benefit" in left_open({"benefits": "unsure"})

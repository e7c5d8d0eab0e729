"""What the answers of the form mean to the rules."""

from datetime import date

import pytest

from foundation.calendar import PartialDate
from intake.forms import LawyerForm
from screening.facts import facts_from
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
    offered = [value for value, _label in LawyerForm.base_fields["rep"].choices if value]
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

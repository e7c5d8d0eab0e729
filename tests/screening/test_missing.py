"""What is missing, and how much each answer would decide."""

from dataclasses import replace

import pytest

from screening.data import tables
from screening.rules import Config, Facts
from screening.rules.facts import STATES
from screening.rules.missing import CONFLICTS, ENTRIES, KNOWN_FEAR, missing_facts
from tests.screening.amina import AMINA, FILED, TODAY


def asked(config=None, open_facts=(), **changes):
    facts = Facts.from_dict({**AMINA, **changes})
    found = missing_facts(facts, on=TODAY, open_facts=open_facts, config=Config.from_dict(config))
    return {question.fact: question for question in found}


def outcomes(question):
    return {answer.name: answer.outcome for answer in question.answers}


def test_nothing_is_missing_but_what_was_not_asked():
    assert set(asked()) == {"age"}
    assert set(asked(age=30)) == set()


def test_an_unknown_fear_decides_between_review_and_another_organization():
    question = asked(fear=None)["fear"]
    assert outcomes(question) == {"yes": "ELIGIBLE_FOR_REVIEW", "no": "REFER_OUT"}
    assert question.decides


def test_a_missing_fact_that_changes_nothing_says_so_and_stands_last():
    found = list(asked(age=30, entry=None, fear="unsure", in_proceedings=True, **FILED))
    assert found == ["fear", "hearing", "entry"]
    open_court = asked(open_facts={"in_proceedings"}, age=30, **FILED)
    assert not open_court["in_proceedings"].decides


@pytest.mark.parametrize("rep", [None, "unknown", "ending"])
def test_an_uncertain_lawyer_decides(rep):
    assert outcomes(asked(rep=rep)["rep"]) == {
        "none": "ELIGIBLE_FOR_REVIEW",
        "active": "NOT_ELIGIBLE_PROGRAM",
    }


@pytest.mark.parametrize("rep", ["none", "limited", "notario", "other_org_waitlist", "active"])
def test_a_known_lawyer_is_not_asked_about(rep):
    assert "rep" not in asked(rep=rep)


def test_an_unknown_income_decides_with_or_without_a_household():
    expected = {"low": "ELIGIBLE_FOR_REVIEW", "high": "NOT_ELIGIBLE_PROGRAM"}
    assert outcomes(asked(income=None)["income"]) == expected
    assert outcomes(asked(income=None, household_size=None)["income"]) == expected


def test_a_detained_persons_presumed_income_can_still_be_known():
    assert outcomes(asked(income=None, custody="ice")["income"])["high"] == "NOT_ELIGIBLE_PROGRAM"


def test_a_household_of_unknown_size_decides_by_its_size():
    question = asked(household_size=0, income=500_000)["household_size"]
    expected = {"1": "NOT_ELIGIBLE_PROGRAM", "4": "ELIGIBLE_FOR_REVIEW", "8": "ELIGIBLE_FOR_REVIEW"}
    assert outcomes(question) == expected


def test_costs_count_only_over_the_limit_and_only_where_nobody_said():
    over = {"income": 900_000}
    assert outcomes(asked(open_facts={"hardship"}, **over)["hardship"])["yes"] == "STAFF_REVIEW"
    assert "hardship" not in asked(**over)
    assert "hardship" not in asked(open_facts={"hardship"})


def test_a_benefit_counts_only_where_money_does_not_pass():
    assert outcomes(asked(open_facts={"benefit"}, income=None)["benefit"])["yes"] == "ELIGIBLE_FOR_REVIEW"
    assert "benefit" not in asked(open_facts={"benefit"})


def test_an_unknown_state_decides_only_in_a_limited_area():
    area = {"service_area": ["NY"]}
    assert outcomes(asked(area, state=None)["state"]) == {
        "inside": "ELIGIBLE_FOR_REVIEW",
        "outside": "REFER_OUT",
    }
    assert "state" not in asked(state=None)
    assert set(outcomes(asked({"service_area": []}, state=None)["state"])) == {"outside"}


def test_an_unknown_arrival_decides_how_soon():
    bands = {answer.name: answer.band for answer in asked(arrival=None)["arrival"].answers}
    assert bands == {"recent": "ROUTINE", "near": "CRITICAL", "passed": "MEDIUM"}
    assert "arrival" not in asked(arrival=None, fear="no", other_protection=["tps"])


def test_an_i589_nobody_is_sure_of_decides_whether_the_year_runs():
    near = {"arrival": "2025-12-01"}
    bands = {a.name: a.band for a in asked(open_facts={"i589_filed"}, **near)["i589_received"].answers}
    assert bands == {"yes": "ROUTINE", "no": "CRITICAL"}
    for told in ({"i589_filed": True}, {"i589_returned": True}):
        assert asked(**near, **told)["i589_received"].decides
    assert "i589_received" not in asked(**near)
    assert "i589_received" not in asked(open_facts={"i589_filed"}, **near, i589_received="2026-10-01")
    assert "i589_received" not in asked(open_facts={"i589_filed"}, fear="no", other_protection=["u"])


def test_a_hearing_without_a_date_is_asked_for():
    bands = {a.name: a.band for a in asked(in_proceedings=True)["hearing"].answers}
    assert bands == {"week": "CRITICAL", "month": "HIGH", "far": "ROUTINE"}
    for known in ("individual_hearing", "master_hearing"):
        assert "hearing" not in asked(in_proceedings=True, **{known: "2027-01-10"})


def test_a_denial_without_a_date_is_asked_for():
    bands = {a.name: a.band for a in asked(prior_denial=True)["denial_date"].answers}
    assert bands == {"days": "CRITICAL", "weeks": "CRITICAL", "long": "HIGH"}
    assert "denial_date" not in asked(prior_denial=True, denial_date="2026-11-01")


def test_a_possible_conflict_decides():
    question = asked(conflict="possible")["conflict"]
    assert outcomes(question) == {"clear": "ELIGIBLE_FOR_REVIEW", "confirmed": "CONFLICT_DECLINE"}


@pytest.mark.parametrize("fact", ["in_proceedings", "fear_screening", "danger"])
def test_a_yes_or_no_left_open_is_asked_for(fact):
    assert [answer.name for answer in asked(open_facts={fact})[fact].answers] == ["yes", "no"]


def test_custody_left_open_is_asked_for():
    bands = {a.name: a.band for a in asked(open_facts={"custody"})["custody"].answers}
    assert bands == {"none": "ROUTINE", "ice": "HIGH"}


def test_a_way_of_coming_that_is_not_known_is_asked_for():
    scores = {a.name: a.score for a in asked(entry=None)["entry"].answers}
    assert scores["ewi"] == scores["visa"] + 10


def test_only_a_band_or_a_score_that_differs_decides_too():
    assert asked(entry=None)["entry"].decides
    assert asked(arrival=None)["arrival"].decides


def test_other_figures_are_used_for_what_stands_and_for_each_answer():
    other = replace(tables(), bands={**tables().bands, "MEDIUM": 5})
    facts = Facts.from_dict({**AMINA, "age": 30, "fear": "unsure"})
    found = missing_facts(facts, on=TODAY, of=other)
    assert [answer.band for answer in found[0].answers] == ["MEDIUM", "ROUTINE"]
    quiet = Facts.from_dict({**AMINA, "age": 30, "master_hearing": "2027-10-01"})
    asking = missing_facts(quiet, on=TODAY, of=other, open_facts={"in_proceedings"})
    assert [question.decides for question in asking] == [False]


def test_other_settings_come_from_the_figures_unless_they_are_given():
    other = replace(tables(), settings={**tables().settings, "service_area": ["CT"]})
    facts = Facts.from_dict({**AMINA, "age": 30, "state": None})
    assert [question.fact for question in missing_facts(facts, on=TODAY, of=other)] == ["state"]


@pytest.mark.parametrize("fear", ["yes", "no"])
def test_a_known_fear_is_not_asked_about(fear):
    assert "fear" not in asked(fear=fear)


def test_a_large_household_is_still_looked_at_whatever_the_income():
    assert outcomes(asked(income=None, household_size=25)["income"])["low"] == "STAFF_REVIEW"


@pytest.mark.parametrize(
    "changes",
    [
        {"income": None},
        {"household_size": 0},
        {"household_size": 25},
        {"income": 900_000},
        {"income": 900_000, "hardship": True},
        {"assets": 900},
    ],
)
def test_a_benefit_is_asked_for_wherever_money_is_in_doubt(changes):
    assert "benefit" in asked({"asset_cap": 500}, open_facts={"benefit"}, **changes)


def test_an_area_with_every_state_has_none_outside():
    every = {"service_area": STATES.split()}
    assert set(outcomes(asked(every, state=None)["state"])) == {"inside"}


def test_an_i589_is_asked_for_only_where_the_year_may_run():
    assert "i589_filed" not in asked(open_facts={"i589_filed"}, fear="no", other_protection=["tps"])


def test_every_answer_is_one_the_rules_read():
    for table in (CONFLICTS, KNOWN_FEAR, ENTRIES):
        assert all(isinstance(name, str) for name in table)
    for name, values in {"conflict": CONFLICTS, "fear": KNOWN_FEAR, "entry": ENTRIES}.items():
        assert [Facts.from_dict({name: value}) for value in values]


def test_a_missing_age_tries_a_child_and_a_grown_up():
    scores = {answer.name: answer.score for answer in asked()["age"].answers}
    assert scores["child"] == scores["adult"] + 20


def test_a_yes_comes_to_more_than_a_no():
    scores = {answer.name: answer.score for answer in asked(open_facts={"danger"})["danger"].answers}
    assert scores["yes"] == scores["no"] + 25


def test_only_the_decision_without_a_day_gets_one():
    """The judge's is years old; an officer's no of 60 days ago asks for nothing more."""
    decisions = [{"by": "judge", "date": "2024-01-10"}, {"by": "officer"}]
    tried = {a.name: (a.band, a.score) for a in asked(decisions=decisions)["denial_date"].answers}
    assert tried == {"days": ("HIGH", 35), "weeks": ("HIGH", 35), "long": ("MEDIUM", 35)}


def test_a_decision_of_a_known_day_by_nobody_knows_whom_is_taken_for_a_judges_of_that_day():
    question = asked(decisions=[{"by": "unsure", "date": "2024-01-10"}])["denial_date"]
    assert {(answer.band, answer.score) for answer in question.answers} == {("MEDIUM", 35)}


def test_what_decides_stands_before_what_does_not():
    found = list(asked(conflict="possible", fear="unsure", age=30, arrival="2026-10"))
    assert found == ["conflict", "fear", "arrival"]

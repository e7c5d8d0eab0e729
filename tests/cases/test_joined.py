"""One person's facts for both engines: what either is told counts for both."""

from datetime import date

import pytest

from cases.batch import screen_item
from cases.rules import BadFacts, DeadlineFacts, Decision, JudgeDate
from cases.rules.joined import read_both, told_of, with_dates
from foundation.calendar import PartialDate
from screening.rules import Facts

ON = "2026-11-28"


def screened(**facts):
    return screen_item({"facts": {"fear": "yes", **facts}, "as_of": ON})


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"detained": True}, "DETAINED"),
        ({"decision": {"date": "2026-11-20", "by": "bia"}}, "PFR_OPEN"),
        ({"in_absentia_order": "2026-11-20"}, "IN_ABSENTIA"),
        ({"fear_determination": "2026-11-27"}, "FEAR_SCREENING"),
        ({"rf_referral": "2026-11-27"}, "FEAR_SCREENING"),
        ({"fear_review_requested": "2026-11-27"}, "FEAR_SCREENING"),
        ({"sij": True, "fear": "no"}, "NEED_OTHER_PROTECTION"),
        ({"judge_dates": [{"replaces": "i589_callup", "date": "2026-12-04"}]}, "I589_CALLUP"),
    ],
)
def test_what_only_the_dates_were_told_scores_too(facts, code):
    assert code in screened(**facts)["codes"]
    assert code not in screened()["codes"]


def test_what_the_screening_was_told_itself_stands():
    assert "ORR_CUSTODY" in screened(detained=True, custody="orr")["codes"]
    assert "DETAINED" not in screened(detained=True, custody="orr")["codes"]
    judges = {"judge_dates": [{"replaces": "i589_callup", "date": "2026-12-04"}]}
    assert (
        screened(**judges, i589_callup="2027-06-01")["points"] == screened(i589_callup="2027-06-01")["points"]
    )


def test_of_several_days_a_judge_set_for_the_form_the_first_scores():
    days = [{"replaces": "i589_callup", "date": day} for day in ("2027-06-01", "2026-12-04")]
    assert screened(judge_dates=days)["band"] == "CRITICAL"


def test_the_juvenile_petition_is_not_counted_twice():
    told = {"sij": True, "other_protection": ["sij"], "fear": "no"}
    assert screened(**told)["codes"] == screened(other_protection=["sij"], fear="no")["codes"]


def test_the_facts_of_dates_become_the_screenings_own_words():
    judges = DeadlineFacts(sij=True, judge_dates=(JudgeDate("i589_callup", date(2026, 12, 4)),))
    joined = with_dates(Facts(), judges)
    assert joined == Facts(other_protection=("sij",), i589_callup=PartialDate(2026, 12, 4))
    assert with_dates(Facts(other_protection=("u", "sij")), judges).other_protection == ("u", "sij")
    assert with_dates(Facts(other_protection=("u",)), DeadlineFacts()) == Facts(other_protection=("u",))


CALLUP = {"replaces": "i589_callup", "date": "2026-12-04"}
OTHER = {"replaces": "response_to_motion", "date": "2026-12-04"}


@pytest.mark.parametrize(
    ("told", "screened_day", "counted_day"),
    [
        ({"judge_dates": [CALLUP]}, "2026-12-04", None),
        ({"judge_dates": [OTHER, CALLUP]}, "2026-12-04", None),
        ({"judge_dates": [CALLUP], "i589_callup": "2027-06-01"}, "2027-06-01", "2027-06-01"),
        ({"judge_dates": [OTHER], "i589_callup": "2027-06-01"}, "2027-06-01", "2027-06-01"),
        ({"judge_dates": [OTHER]}, None, None),
    ],
)
def test_a_day_a_judge_set_for_the_form_scores_and_stays_a_judges_among_the_dates(
    told, screened_day, counted_day
):
    facts, dated = read_both(told)
    days = [each.i589_callup and each.i589_callup.isoformat() for each in (facts, dated)]
    assert days == [screened_day, counted_day]
    assert len(dated.judge_dates) == len(told["judge_dates"])


@pytest.mark.parametrize("key", ["arrival", "fear_determination"])
def test_a_fact_of_either_that_cannot_be_read_is_refused_by_name(key):
    with pytest.raises(BadFacts, match=f"^{key} is not a date: 5$"):
        read_both({key: 5})


def test_a_judges_denial_is_one_decision_more_among_the_dates():
    board, day = Decision(PartialDate(2026, 11, 2), "board"), PartialDate(2026, 10, 1)
    assert told_of(Facts(decisions=(board,)))["decisions"] == (board,)
    both = told_of(Facts(decisions=(board,), denial_date=day))["decisions"]
    assert both == (board, Decision(day, "judge"))


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({"fear": "yes"}, True),
        ({"fear": "unsure"}, True),
        ({"fear": "no"}, False),
        ({}, False),
        ({"fear": "yes", "outside_us": True}, False),
    ],
)
def test_the_arrival_counts_for_who_is_here_and_may_be_afraid(facts, counts):
    day = PartialDate(2026, 10, 1)
    assert told_of(Facts(arrival=day, **facts))["arrival"] == (day if counts else None)


@pytest.mark.parametrize(("custody", "held"), [("ice", True), ("orr", False), ("none", False), (None, False)])
def test_whoever_immigration_holds_is_detained_among_the_dates(custody, held):
    assert told_of(Facts(custody=custody))["detained"] is held


@pytest.mark.parametrize(("forms", "asks"), [((), False), (("u", "sij"), True), (("u",), False)])
def test_the_juvenile_petition_is_a_fact_of_its_own_among_the_dates(forms, asks):
    assert told_of(Facts(other_protection=forms))["sij"] is asks

"""One person's facts for both engines: what either is told counts for both."""

from datetime import date

import pytest

from cases.batch import screen_item
from cases.rules import DeadlineFacts, JudgeDate
from cases.rules.joined import with_dates
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

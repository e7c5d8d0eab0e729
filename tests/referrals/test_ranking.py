"""Who is proposed for a case and in which order: hard limits apart from fit, fairness, an earlier no."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referrals.matching import practitioners_for
from referrals.rules import Candidate, EarlierNo, Need, match, rank

NEED = Need("ara", "SY", "affirmative", state="NY")
DAY = date(2026, 11, 28)
FITS = Candidate(
    1, ["ara"], ["SY"], ["affirmative"], 3, 0, accepting=True, has_credentials=True, states=["NY"]
)
LIMITS = {
    "UNVERIFIED": {"has_credentials": False},
    "FULL": {"open_cases": 3},
    "PAUSED": {"accepting": False},
    "AWAY": {"is_away": True},
    "UNCOVERED": {"is_covered": False},
    "CONFLICT": {"no": EarlierNo("conflict", DAY)},
    "NO_STATE": {"states": ["CA"]},
}


@pytest.mark.parametrize(("code", "change"), LIMITS.items())
def test_a_hard_limit_stops_whoever_fits_best(code, change):
    stopped = match(NEED, replace(FITS, **change))
    assert stopped.stops == [code] and not stopped.available
    poor = replace(FITS, id=2, languages=[], countries=[], tracks=[])
    assert [one.candidate_id for one in rank(NEED, [replace(FITS, **change), poor])] == [2, 1]


def test_what_nobody_knows_of_a_case_stops_nobody():
    vague = Need("", "", "unknown")
    assert match(vague, replace(FITS, states=["CA"])).available
    assert match(replace(NEED, is_held=True), FITS).stops == ["NO_HELD"]
    assert match(NEED, replace(FITS, states=["CA"], works_remotely=True)).available
    assert match(NEED, replace(FITS, states=[])).available


def test_of_two_who_fit_alike_the_freer_comes_first_by_their_own_places():
    busy, free = replace(FITS, open_cases=2), replace(FITS, id=2, capacity=2)
    assert [one.candidate_id for one in rank(NEED, [busy, free])] == [2, 1]
    large, small = replace(FITS, capacity=20, open_cases=5), replace(FITS, id=2, capacity=2, open_cases=1)
    assert [one.candidate_id for one in rank(NEED, [small, large])] == [1, 2]
    asked = replace(FITS, asked=3)
    assert asked.free == 0 and [one.candidate_id for one in rank(NEED, [asked, free])] == [2, 1]


def test_an_earlier_no_counts_by_its_reason_and_is_said():
    scores = {why: match(NEED, replace(FITS, no=EarlierNo(why, DAY))).score for why in ("capacity", "fit")}
    assert scores["fit"] < scores["capacity"] < match(NEED, FITS).score
    assert "SAID_NO" in match(NEED, replace(FITS, no=EarlierNo("silent", DAY))).doubts


candidates = st.builds(
    Candidate,
    id=st.integers(1, 9),
    languages=st.lists(st.sampled_from(["ara", "eng"]), max_size=2),
    countries=st.lists(st.sampled_from(["SY", "HN"]), max_size=2),
    tracks=st.lists(st.sampled_from(["affirmative", "defensive"]), max_size=2),
    capacity=st.integers(0, 5),
    open_cases=st.integers(0, 6),
    accepting=st.booleans(),
    has_credentials=st.booleans(),
    states=st.lists(st.sampled_from(["NY", "CA"]), max_size=2),
    asked=st.integers(0, 3),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(candidates, max_size=6, unique_by=lambda one: one.id))
def test_nobody_who_is_stopped_stands_before_somebody_who_is_not(people):
    ranked = rank(NEED, people)
    assert sorted(one.candidate_id for one in ranked) == sorted(one.id for one in people)
    assert [one.available for one in ranked] == sorted((one.available for one in ranked), reverse=True)
    assert ranked == rank(NEED, list(reversed(people)))


def test_an_earlier_no_is_shown_with_its_day_and_reason(offer, cast, now):
    from referrals import actions

    actions.decline_offer(offer, reason="capacity", by=cast.ade, at=now)
    (choice,) = practitioners_for(offer.referral.case)
    assert choice.available and any(
        words.startswith("said no to this on") and words.endswith("No room now") for words in choice.doubts
    )
    assert choice.places == "3 of 3 places free"

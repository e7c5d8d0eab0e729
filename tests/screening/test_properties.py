"""What must hold whatever the facts are."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.batch import screen_item
from screening.codes import GATES, RESULTS, WORDS
from screening.models import Band, Outcome
from screening.rules import BadFacts, Config, Facts, assess
from screening.rules.facts import READERS, STATES
from tests.screening.amina import AMINA, TODAY, in_days, result

ORDER = ["ROUTINE", "MEDIUM", "HIGH", "CRITICAL"]
BOOL = st.booleans()
DAY = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)).map(date.isoformat)
ON = st.dates(min_value=date(2020, 1, 1), max_value=date(2050, 1, 1))
PARTIAL = DAY | DAY.map(lambda day: day[:7]) | DAY.map(lambda day: day[:4])
GOOD = {
    "consent": BOOL,
    "conflict": st.sampled_from(["clear", "possible", "confirmed"]),
    "outside_us": BOOL,
    "state": st.sampled_from(STATES.split()),
    "court_state": st.sampled_from(["NJ", "TX"]),
    "rep": st.sampled_from(
        ["none", "limited", "notario", "other_org_waitlist", "active", "ending", "unknown"]
    ),
    "income": st.integers(-10, 10**8),
    "period": st.sampled_from(["weekly", "biweekly", "semimonthly", "monthly", "yearly"]),
    "household_size": st.integers(-2, 40) | st.floats() | st.text(max_size=3),
    "benefit": BOOL,
    "hardship": BOOL,
    "assets": st.integers(0, 10**6),
    "uac": BOOL,
    "custody": st.sampled_from(["ice", "orr", "none"]),
    "fear": st.sampled_from(["yes", "unsure", "no"]),
    "other_protection": st.lists(st.sampled_from(["sij", "t", "u", "vawa", "parole", "i730", "tps"])),
    **dict.fromkeys(("individual_hearing", "master_hearing", "asylum_interview", "notice_due"), PARTIAL),
    **dict.fromkeys(("checkin", "denial_date", "arrival"), PARTIAL),
    **dict.fromkeys(("fear_screening", "in_absentia", "in_proceedings", "i589_filed", "prior_denial"), BOOL),
    **dict.fromkeys(("turns_18_or_21_soon", "danger", "vulnerable", "notario"), BOOL),
    "entry": st.sampled_from(["visa", "port", "ewi", "parole", "other"]),
    "age": st.integers(0, 120) | st.floats(0, 120),
    **dict.fromkeys(("i589_received", "i589_callup", "i485_received", "birth_date", "status_end"), PARTIAL),
    **dict.fromkeys(("prior_order", "held"), BOOL),
    "i589_returned": BOOL | PARTIAL,
    "children": st.lists(st.fixed_dictionaries({"birth_date": st.none() | PARTIAL}), max_size=2),
    "status": st.sampled_from(["visa", "TPS"]) | st.lists(st.sampled_from(["parole", "daca", "work"])),
    "granted": st.fixed_dictionaries({"date": PARTIAL, "kind": st.sampled_from(["asylum", "refugee"])}),
    "decisions": st.lists(
        st.fixed_dictionaries(
            {"by": st.sampled_from(["officer", "dhs", "judge", "board", "absentia", "unsure", "bia"])},
            optional={
                "date": st.none() | PARTIAL,
                "filed": st.sampled_from([None, "appeal", "motion", "petition", "waived"]),
                "filed_received": st.none() | PARTIAL,
                "asylum_merits": st.none() | BOOL,
            },
        ),
        max_size=3,
    ),
}
assert set(GOOD) == set(READERS)
GOOD_FACTS = st.fixed_dictionaries({}, optional={key: st.none() | value for key, value in GOOD.items()})
CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        "auto_pct": st.integers(0, 400),
        "max_pct": st.integers(0, 400),
        "asset_cap": st.none() | st.integers(0, 10**5),
        "service_area": st.lists(st.sampled_from(["NY", "NJ", "*"])),
        "tps_only": st.sampled_from(["review", "accept"]),
    },
)
JSON = st.recursive(
    st.none() | BOOL | st.integers() | st.floats() | st.text(max_size=8) | PARTIAL,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ANY_FACTS = st.dictionaries(st.sampled_from(sorted(READERS)) | st.text(max_size=6), JSON, max_size=6)


def assessed(facts, on=TODAY, config=None):
    return assess(Facts.from_dict(facts), on=on, config=Config.from_dict(config))


@settings(max_examples=500, deadline=None)
@given(
    JSON | st.fixed_dictionaries({"facts": ANY_FACTS | JSON, "as_of": DAY | JSON}, optional={"config": JSON})
)
def test_malformed_facts_are_never_anything_but_refused_or_screened(item):
    try:
        found = screen_item(item)
    except BadFacts:
        return
    assert found["outcome"] in Outcome.values


@settings(max_examples=500, deadline=None)
@given(GOOD_FACTS, ON, CONFIGS)
def test_any_facts_come_to_a_result_with_known_words(facts, on, config):
    found = assessed(facts, on, config)
    assert 0 <= found.score <= 100
    assert found.band in Band.values
    assert found.outcome in Outcome.values
    assert set(found.codes) <= set(WORDS)
    assert len(set(found.codes)) == len(found.codes)
    assert set(found.gates.values()) <= set(RESULTS)
    assert set(found.gates) in (set(), set(GATES))
    assert all(finding.citation and finding.gate and finding.ruleset for finding in found.findings)
    assert found.score == min(100, sum(found.points.values()))
    assert all(value > 0 for value in found.points.values())


@settings(max_examples=200, deadline=None)
@given(GOOD_FACTS, ON, CONFIGS)
def test_screening_again_changes_nothing(facts, on, config):
    assert assessed(facts, on, config) == assessed(facts, on, config)


@settings(max_examples=300, deadline=None)
@given(GOOD_FACTS, ON)
def test_the_operative_date_is_never_after_the_outer(facts, on):
    dates = assessed(facts, on).one_year
    if dates:
        assert dates.operative < dates.anniversary <= dates.outer


@settings(max_examples=300, deadline=None)
@given(GOOD_FACTS, CONFIGS, st.sampled_from(["rep", "fear", "income", "period", "state", "household_size"]))
def test_an_unknown_is_never_a_refusal(facts, config, missing):
    """Taking an answer away can turn no gate from not-failed to failed, and never refuses by itself."""
    before = assessed(facts, config=config)
    without = assessed({**facts, missing: None}, config=config)
    for gate, found in without.gates.items():
        assert found != "FAIL" or before.gates[gate] == "FAIL"


@settings(max_examples=300, deadline=None)
@given(GOOD_FACTS, st.integers(0, 10**8), st.integers(0, 10**8), CONFIGS)
def test_more_income_never_opens_the_gate_of_money(facts, low, high, config):
    order = ["PASS", "UNKNOWN", "FAIL"]
    facts = {**facts, "consent": True, "period": "monthly"}
    low, high = sorted((low, high))
    less = assessed({**facts, "income": low}, config=config).gates["afford"]
    more = assessed({**facts, "income": high}, config=config).gates["afford"]
    assert order.index(less) <= order.index(more)


URGENT_DATES = ["individual_hearing", "master_hearing", "asylum_interview", "notice_due"]


@settings(max_examples=300, deadline=None)
@given(GOOD_FACTS, st.sampled_from(URGENT_DATES), st.integers(0, 300), st.integers(0, 300))
def test_a_nearer_date_is_never_less_urgent(facts, fact, near, far):
    near, far = sorted((near, far))
    sooner = assessed({**facts, fact: in_days(near)})
    later = assessed({**facts, fact: in_days(far)})
    assert sooner.score >= later.score
    assert ORDER.index(sooner.band) >= ORDER.index(later.band)


@settings(max_examples=300, deadline=None)
@given(GOOD_FACTS, st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.integers(0, 60))
def test_each_day_that_passes_before_a_hearing_never_lowers_its_points(facts, on, days):
    hearing = (on + timedelta(days=days + 1)).isoformat()
    only = {"individual_hearing": hearing, "rep": facts.get("rep")}
    today, tomorrow = assessed(only, on), assessed(only, on + timedelta(days=1))
    assert today.score <= tomorrow.score


URGENT = [
    *({fact: True} for fact in ("fear_screening", "in_absentia", "danger", "vulnerable", "notario")),
    *({fact: True} for fact in ("turns_18_or_21_soon",)),
    *({fact: in_days(3)} for fact in (*URGENT_DATES, "denial_date")),
    {"custody": "ice"},
]


@settings(max_examples=400, deadline=None)
@given(GOOD_FACTS, st.sampled_from(URGENT))
def test_one_more_urgent_fact_is_never_less_urgent(facts, urgent):
    without = {**facts, **dict.fromkeys(urgent)}
    before, after = assessed(without), assessed({**facts, **urgent})
    assert after.score >= before.score
    assert ORDER.index(after.band) >= ORDER.index(before.band)


@pytest.mark.parametrize("days", range(40))
def test_urgency_grows_day_by_day_towards_the_safe_date(days):
    on = date(2027, 3, 9) - timedelta(days=days)
    nearer, further = (result(arrival="2026-03-10", on=day) for day in (on, on - timedelta(days=1)))
    assert nearer.score >= further.score
    assert ORDER.index(nearer.band) >= ORDER.index(further.band)


def test_amina_herself_is_screened():
    assert assessed(AMINA).outcome == "ELIGIBLE_FOR_REVIEW"

"""The rule set, table by table. Today is Monday 23 November 2026 unless a row says otherwise."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.calendar import PartialDate
from screening.codes import WORDS
from screening.rules import BadFacts, Config, Facts, assess

TODAY = date(2026, 11, 23)
AMINA = {
    "state": "NY",
    "household_size": 1,
    "income": 80_000,
    "period": "monthly",
    "rep": "none",
    "fear": "yes",
    "entry": "visa",
    "arrival": "2026-10-01",
}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain" / "scenarios.json"


def result(on=TODAY, config=None, **changes):
    facts = {key: value for key, value in {**AMINA, **changes}.items() if value is not None}
    return assess(Facts.from_dict(facts), on=on, config=Config.default(**(config or {})))


def in_days(days):
    return (TODAY + timedelta(days=days)).isoformat()


def gate(name, **changes):
    assessed = result(**changes)
    return assessed.gates[name], assessed.codes


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        ("none", "PASS", "NO_REP"),
        ("limited", "PASS", "REP_LIMITED_SCOPE"),
        ("notario", "PASS", "NOTARIO"),
        ("other_org_waitlist", "PASS", "OTHER_ORG_PENDING"),
        ("active", "FAIL", "HAS_REP"),
        ("ending", "UNKNOWN", "REP_UNCERTAIN"),
        ("unknown", "UNKNOWN", "REP_UNKNOWN"),
        (None, "UNKNOWN", "REP_UNKNOWN"),
    ],
)
def test_the_gate_of_representation(answer, outcome, code):
    found, codes = gate("representation", rep=answer)
    assert found == outcome
    assert code in codes


MONEY = [
    # yearly limits for one person: 125 % is 19,950 and 200 % is 31,920 dollars
    ({"period": "yearly", "income": 19_950_00}, "PASS", "INCOME_LE_125"),
    ({"period": "yearly", "income": 19_950_01}, "PASS", "INCOME_125_200"),
    ({"period": "yearly", "income": 31_920_00}, "PASS", "INCOME_125_200"),
    ({"period": "yearly", "income": 31_920_01}, "FAIL", "INCOME_GT_LIMIT"),
    ({"period": "monthly", "income": 2_660_00}, "PASS", "INCOME_125_200"),
    ({"period": "monthly", "income": 2_660_01}, "FAIL", "INCOME_GT_LIMIT"),
    ({"period": "semimonthly", "income": 1_330_00}, "PASS", "INCOME_125_200"),
    ({"period": "semimonthly", "income": 1_330_01}, "FAIL", "INCOME_GT_LIMIT"),
    ({"period": "biweekly", "income": 1_227_69}, "PASS", "INCOME_125_200"),
    ({"period": "biweekly", "income": 1_227_70}, "FAIL", "INCOME_GT_LIMIT"),
    ({"period": "weekly", "income": 613_84}, "PASS", "INCOME_125_200"),
    ({"period": "weekly", "income": 613_85}, "FAIL", "INCOME_GT_LIMIT"),
    ({"income": 0}, "PASS", "INCOME_LE_125"),
    ({"income": 9_999_99, "hardship": True}, "UNKNOWN", "INCOME_GT_LIMIT_HARDSHIP"),
    ({"income": 9_999_99, "benefit": True}, "PASS", "AFFORD_BENEFIT"),
    ({"income": 9_999_99, "uac": True}, "PASS", "AFFORD_UAC_NOT_COUNTED"),
    ({"income": None}, "UNKNOWN", "INCOME_UNKNOWN"),
    ({"income": None, "custody": "ice"}, "PASS", "AFFORD_DETAINED_PRESUMED"),
    ({"income": None, "custody": "orr"}, "UNKNOWN", "INCOME_UNKNOWN"),
    ({"household_size": None}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": 0}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": -1}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": 2.5}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": "two"}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": 20}, "PASS", "INCOME_LE_125"),
    ({"household_size": 21}, "UNKNOWN", "HH_SIZE_CHECK"),
    ({"state": "PR"}, "PASS", "FPG_TERRITORY_DEFAULT"),
    ({"state": "AK", "period": "yearly", "income": 39_900_00}, "PASS", "INCOME_125_200"),
    ({"state": "AK", "period": "yearly", "income": 39_900_01}, "FAIL", "INCOME_GT_LIMIT"),
    ({"state": "HI", "period": "yearly", "income": 36_720_00}, "PASS", "INCOME_125_200"),
    ({"state": "HI", "period": "yearly", "income": 36_720_01}, "FAIL", "INCOME_GT_LIMIT"),
]


@pytest.mark.parametrize(("changes", "outcome", "code"), MONEY)
def test_the_gate_of_money(changes, outcome, code):
    found, codes = gate("afford", **changes)
    assert found == outcome
    assert code in codes


def test_assets_count_only_where_a_cap_is_set():
    assert gate("afford", assets=9_000)[0] == "PASS"
    assert result(assets=9_000, config={"asset_cap": 8_000}).gates["afford"] == "UNKNOWN"
    assert "ASSETS_OVER" in result(assets=8_001, config={"asset_cap": 8_000}).codes
    assert "ASSETS_OVER" not in result(assets=8_000, config={"asset_cap": 8_000}).codes


@pytest.mark.parametrize(
    ("on", "year"), [(date(2025, 1, 14), 2024), (date(2025, 1, 15), 2025), (date(2026, 11, 23), 2026)]
)
def test_the_guideline_in_force_on_the_day_is_used(on, year):
    assert result(on=on).guideline_year == year


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({"fear": "yes"}, "PASS", "NEED_FEAR"),
        ({"fear": "no", "other_protection": ["u"]}, "PASS", "NEED_OTHER_PROTECTION"),
        ({"fear": "no", "other_protection": ["tps", "sij"]}, "PASS", "NEED_OTHER_PROTECTION"),
        ({"fear": "no", "other_protection": ["tps"]}, "UNKNOWN", "NEED_TPS_ONLY"),
        ({"fear": "unsure"}, "UNKNOWN", "NEED_UNCLEAR"),
        ({"fear": None}, "UNKNOWN", "NEED_UNCLEAR"),
        ({"fear": "no"}, "FAIL", "NEED_OUT_OF_SCOPE"),
    ],
)
def test_the_gate_of_need(changes, outcome, code):
    found, codes = gate("need", **changes)
    assert found == outcome
    assert code in codes


def test_a_program_may_accept_tps_alone():
    assert result(fear="no", other_protection=["tps"], config={"tps_only": "accept"}).gates["need"] == "PASS"


@pytest.mark.parametrize(
    ("state", "court", "found"),
    [("NY", None, "PASS"), ("TX", "NJ", "UNKNOWN"), ("TX", None, "FAIL"), ("TX", "TX", "FAIL")],
)
def test_the_area(state, court, found):
    assert (
        result(state=state, court_state=court, config={"service_area": ["NY", "NJ"]}).gates["area"] == found
    )


def test_an_unknown_state_is_never_outside_the_area():
    assert result(state=None, config={"service_area": ["NY"]}).gates["area"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"conflict": "confirmed", "outside_us": True}, "CONFLICT_DECLINE"),
        ({"conflict": "possible", "rep": "active"}, "CONFLICT_HOLD"),
        ({"conflict": "clear"}, "ELIGIBLE_FOR_REVIEW"),
        ({"outside_us": True}, "REFER_OUT"),
        ({"outside_us": True, "other_protection": ["i730"]}, "ELIGIBLE_FOR_REVIEW"),
        ({"fear": "no", "rep": "active"}, "REFER_OUT"),
        ({"rep": "active"}, "NOT_ELIGIBLE_PROGRAM"),
        ({"income": 9_999_99}, "NOT_ELIGIBLE_PROGRAM"),
        ({"rep": "unknown"}, "STAFF_REVIEW"),
        ({"prior_denial": True}, "STAFF_REVIEW"),
        ({}, "ELIGIBLE_FOR_REVIEW"),
        ({"consent": False}, "INCOMPLETE"),
    ],
)
def test_the_first_row_that_holds_is_the_outcome(changes, outcome):
    assert result(**changes).outcome == outcome


def test_without_consent_nothing_but_that_is_said():
    refused = result(consent=False)
    assert refused.codes == ("NO_CONSENT",)
    assert refused.gates == {}


def test_an_urgent_person_is_handed_over_not_just_refused():
    assert "URGENT_REFERRAL" in result(rep="active", fear_screening=True).codes
    assert "URGENT_REFERRAL" not in result(rep="active").codes


CLOCK = [
    *(("individual_hearing", days, points) for days, points in [(7, 60), (8, 45), (30, 45), (31, 25)]),
    *(("individual_hearing", days, points) for days, points in [(90, 25), (91, 10), (180, 10), (181, None)]),
    *(("master_hearing", days, points) for days, points in [(7, 35), (8, 25), (30, 25), (31, 10)]),
    *(("master_hearing", days, points) for days, points in [(90, 10), (91, None)]),
    *(("asylum_interview", days, points) for days, points in [(14, 45), (15, 30), (45, 30), (46, 15)]),
    *(("asylum_interview", days, points) for days, points in [(90, 15), (91, None)]),
    *(("notice_due", days, points) for days, points in [(14, 30), (15, 20), (30, 20), (31, None)]),
]


@pytest.mark.parametrize(("fact", "days", "points"), CLOCK)
def test_the_clock_scores_by_the_days_left(fact, days, points):
    assert result(**{fact: in_days(days)}).points.get("clock") == points


def test_only_the_largest_of_the_clock_counts():
    assert (
        result(individual_hearing=in_days(40), notice_due=in_days(3), in_absentia=True).points["clock"] == 40
    )


@pytest.mark.parametrize(
    ("days_ago", "points", "code"),
    [
        # decided on 23 Nov less this many days; 30 days rolled forward, 10 days rolled back
        (0, 60, "APPEAL_WINDOW_OPEN"),
        (12, 50, "APPEAL_WINDOW_OPEN"),
        (19, 50, "APPEAL_WINDOW_OPEN"),
        (20, 60, "APPEAL_WINDOW_OPEN"),
        (30, 60, "APPEAL_WINDOW_OPEN"),
        (31, 60, "APPEAL_WINDOW_OPEN"),  # 22 Nov is a Sunday: still open on Monday
        (32, 60, "APPEAL_WINDOW_OPEN"),  # and so is the Saturday before
        (33, 30, "FINAL_ORDER_POSSIBLE"),
    ],
)
def test_the_time_to_appeal(days_ago, points, code):
    assessed = result(denial_date=in_days(-days_ago), i589_filed=True)
    assert assessed.points["clock"] == points
    assert code in assessed.codes
    assert ("BIA_DEADLINE_DISPUTED" in assessed.codes) == (code == "APPEAL_WINDOW_OPEN")


# An arrival on 10 March 2026: safe date Tuesday 9 March 2027, outer date Wednesday 10 March 2027.
OPERATIVE, OUTER = date(2027, 3, 9), date(2027, 3, 10)


@pytest.mark.parametrize(
    ("left", "points", "code", "band"),
    [
        (0, 45, "OYD_14", "CRITICAL"),
        (14, 45, "OYD_14", "CRITICAL"),
        (15, 40, "OYD_30", "HIGH"),
        (30, 40, "OYD_30", "HIGH"),
        (31, 30, "OYD_60", "MEDIUM"),
        (60, 30, "OYD_60", "MEDIUM"),
        (61, 20, "OYD_120", "MEDIUM"),
        (120, 20, "OYD_120", "MEDIUM"),
        (121, 5, None, "ROUTINE"),
    ],
)
def test_the_one_year_rule_scores_by_the_days_to_the_safe_date(left, points, code, band):
    assessed = result(arrival="2026-03-10", on=OPERATIVE - timedelta(days=left))
    assert assessed.points["one_year"] == points
    assert assessed.band == band
    assert [each for each in assessed.codes if each.startswith("OYD_")] == ([code] if code else [])


@pytest.mark.parametrize(
    ("arrival", "operative", "outer"),
    [
        ("2025-11-27", "2026-11-25", "2026-11-27"),  # the day before is Thanksgiving
        ("2025-11-28", "2026-11-27", "2026-11-30"),  # Saturday
        ("2025-11-29", "2026-11-27", "2026-11-30"),  # Sunday
        ("2025-12-25", "2026-12-24", "2026-12-28"),  # Christmas Day, a Friday
        ("2024-02-29", "2025-02-27", "2025-02-28"),  # leap day
        ("2026", "2026-12-31", "2027-01-04"),  # counts from 1 January; New Year's Day 2027 is a Friday
        ("2026-03", "2027-02-26", "2027-03-01"),
        ("1996-05-05", "1998-03-31", "1998-04-01"),  # counts from 1 April 1997
    ],
)
def test_the_one_year_dates(arrival, operative, outer):
    dates = result(arrival=arrival).one_year_dates()
    assert (dates["operative"], dates["outer"]) == (operative, outer)


@pytest.mark.parametrize(("gone", "points"), [(1, 20), (180, 20), (181, 10)])
def test_points_after_the_outer_date(gone, points):
    assessed = result(arrival="2026-03-10", on=OUTER + timedelta(days=gone))
    assert assessed.points["one_year"] == points
    assert "OYD_PASSED" in assessed.codes


def test_between_the_safe_and_the_outer_date_nothing_has_passed():
    assessed = result(arrival="2026-03-10", on=OUTER)
    assert "OYD_14" in assessed.codes
    assert assessed.band == "CRITICAL"


@pytest.mark.parametrize("changes", [{"fear": "no"}, {"outside_us": True}])
def test_one_year_codes_have_no_place_without_fear_or_abroad(changes):
    for also in ({"uac": True}, {"i589_filed": True}, {"arrival": None}):
        codes = result(**changes, **also).codes
        assert not {"OYD_EXEMPT_UAC", "I589_FILED", "ARRIVAL_UNKNOWN"} & set(codes)


@pytest.mark.parametrize(
    ("changes", "group", "points", "code"),
    [
        ({"custody": "ice"}, "custody", 40, "DETAINED"),
        ({"custody": "orr"}, "custody", 30, "ORR_CUSTODY"),
        ({"checkin": in_days(14)}, "custody", 15, "CHECKIN_SOON"),
        ({"uac": True}, "child", 30, "UAC"),
        ({"age": 17}, "child", 20, "CHILD_PRINCIPAL"),
        ({"turns_18_or_21_soon": True}, "aging_out", 10, "AGING_OUT"),
        ({"danger": True}, "safety", 25, "DANGER_NOW"),
        ({"vulnerable": True}, "vulnerable", 10, "VULNERABLE"),
        ({"rep": "notario"}, "scam", 10, "NOTARIO"),
        ({"entry": "ewi"}, "er", 10, "ER_EXPOSURE"),
        ({"fear_screening": True}, "clock", 60, "FEAR_SCREENING"),
        ({"in_absentia": True}, "clock", 40, "IN_ABSENTIA"),
        ({"arrival": None}, "one_year", 25, "ARRIVAL_UNKNOWN"),
    ],
)
def test_each_group_scores(changes, group, points, code):
    assessed = result(**changes)
    assert assessed.points[group] == points
    assert code in assessed.codes


@pytest.mark.parametrize(
    ("changes", "group"),
    [
        ({"checkin": in_days(15)}, "custody"),
        ({"age": 18}, "child"),
        ({"entry": "ewi", "in_proceedings": True}, "er"),
        ({"entry": "ewi", "arrival": (TODAY - timedelta(days=731)).isoformat()}, "er"),
        ({"i589_filed": True}, "one_year"),
        ({"outside_us": True}, "one_year"),
        ({"fear": "no", "other_protection": ["u"]}, "one_year"),
        ({"uac": True}, "one_year"),
    ],
)
def test_what_does_not_score(changes, group):
    assert group not in result(**changes).points


def test_under_two_years_here_is_731_days():
    here = (TODAY - timedelta(days=730)).isoformat()
    assert result(entry="ewi", arrival=here).points["er"] == 10


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({"individual_hearing": in_days(7)}, "CRITICAL"),
        ({"fear_screening": True}, "CRITICAL"),
        ({"denial_date": in_days(-25)}, "CRITICAL"),
        ({"custody": "ice", "i589_filed": True}, "HIGH"),
        ({"uac": True}, "HIGH"),
        ({"danger": True}, "HIGH"),
        ({"master_hearing": in_days(7)}, "HIGH"),
        ({"master_hearing": in_days(8), "i589_filed": True}, "MEDIUM"),
        ({"denial_date": in_days(-15)}, "HIGH"),
    ],
)
def test_floors_raise_the_band(changes, band):
    assert result(**changes).band == band


def test_evidence_dates_gone_by_are_said_without_saying_too_late():
    assert "EVIDENCE_DATE_PASSED" in result(individual_hearing=in_days(29)).codes
    assert "EVIDENCE_DATE_PASSED" not in result(individual_hearing=in_days(30)).codes
    assert "EVIDENCE_DATE_PASSED" not in result(individual_hearing=in_days(5), custody="ice").codes


@pytest.mark.parametrize(
    "item",
    [
        {"arrival": "yesterday"},
        {"arrival": 20260101},
        {"arrival": "2026-02-30"},
        {"fear_screening": "maybe"},
        {"other_protection": "sij"},
        {"favorite_color": "blue"},
    ],
)
def test_facts_of_the_wrong_shape_are_named(item):
    with pytest.raises(BadFacts, match=next(iter(item))):
        Facts.from_dict(item)


TEXT = st.sampled_from(
    ["none", "active", "yes", "no", "unsure", "orr", "ice", "ewi", "NY", "ZZ", "weekly", ""]
)
DATE = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1)).map(
    lambda day: PartialDate(day.year, day.month, day.day)
)
FACTS = st.builds(
    Facts,
    consent=st.booleans(),
    conflict=st.sampled_from([None, "clear", "possible", "confirmed"]),
    outside_us=st.booleans(),
    state=st.none() | TEXT,
    household_size=st.none() | st.integers(-5, 200) | st.floats() | TEXT,
    income=st.none() | st.integers(-10, 10**12) | TEXT,
    period=st.none() | TEXT,
    rep=st.none() | TEXT,
    fear=st.none() | TEXT,
    arrival=st.none() | DATE | st.builds(PartialDate, st.integers(1950, 2040)),
    individual_hearing=st.none() | DATE,
    denial_date=st.none() | DATE,
    custody=st.none() | TEXT,
    uac=st.booleans(),
    age=st.none() | st.integers(-5, 150) | TEXT,
    danger=st.booleans(),
)


@settings(max_examples=400, deadline=None)
@given(FACTS, st.dates(min_value=date(2024, 6, 1), max_value=date(2035, 1, 1)))
def test_any_facts_come_to_a_result_with_known_codes(facts, on):
    assessed = assess(facts, on=on)
    assert 0 <= assessed.score <= 100
    assert assessed.band in ("CRITICAL", "HIGH", "MEDIUM", "ROUTINE")
    assert set(assessed.codes) <= set(WORDS)
    assert all(finding.citation or finding.code == "NO_CONSENT" for finding in assessed.findings)


@settings(max_examples=200, deadline=None)
@given(FACTS)
def test_an_unknown_is_never_a_refusal(facts):
    """Whatever else is known, taking an answer away cannot turn a gate from not-failed to failed."""
    before = assess(facts, on=TODAY)
    for name, gate_ in (("rep", "representation"), ("fear", "need"), ("income", "afford"), ("state", "area")):
        without = assess(Facts(**{**vars(facts), name: None}), on=TODAY)
        if before.gates.get(gate_) != "FAIL":
            assert without.gates.get(gate_) != "FAIL"


def read_config(item):
    return Config.default(
        **{key: value for key, value in item.get("config", {}).items() if value is not None}
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared scenario file is not on this machine")
def test_the_shared_scenarios_match():
    for item in json.loads(SHARED.read_text()):
        on = date.fromisoformat(item.get("as_of", "2026-11-23"))
        assessed = assess(Facts.from_dict(item["facts"]), on=on, config=read_config(item))
        found = {
            "outcome": assessed.outcome,
            "band": assessed.band,
            "score": assessed.score,
            "codes": sorted(assessed.codes),
            **(assessed.one_year_dates() or {}),
        }
        expected = {**item["expect"], "codes": sorted(item["expect"]["codes"])}
        assert {key: found.get(key) for key in expected} == expected, item["id"]

"""The four gates, row by row, and the outcome they lead to. At each limit: at it, one below, one above."""

from datetime import date

import pytest

from tests.screening.amina import finding, result


def gate(name, **changes):
    assessed = result(**changes)
    return assessed.gates[name], assessed.codes


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        ("active", "FAIL", "HAS_REP"),
        ("ending", "UNKNOWN", "REP_UNCERTAIN"),
        ("unknown", "UNKNOWN", "REP_UNKNOWN"),
        (None, "UNKNOWN", "REP_UNKNOWN"),
        ("none", "PASS", "NO_REP"),
        ("limited", "PASS", "REP_LIMITED_SCOPE"),
        ("notario", "PASS", "NOTARIO"),
        ("other_org_waitlist", "PASS", "OTHER_ORG_PENDING"),
    ],
)
def test_the_gate_of_representation(answer, outcome, code):
    found, codes = gate("representation", rep=answer)
    assert found == outcome
    assert codes[0] == code
    assert finding(code, rep=answer).inputs == {"rep": answer}


def test_a_finding_of_a_gate_carries_the_gates_result():
    assert [each.result for each in result().findings[:3]] == ["PASS", "PASS", "PASS"]
    refused = result(rep="active", fear="no", income=9_999_99, state="TX", config={"service_area": ["NY"]})
    assert [each.result for each in refused.findings[:4]] == ["FAIL", "FAIL", "FAIL", "FAIL"]
    unknown = result(rep="ending", fear=None, income=None, state=None, config={"service_area": ["NY"]})
    assert [each.result for each in unknown.findings[:4]] == ["UNKNOWN"] * 4


def test_a_notario_beside_another_answer_is_said_once_and_changes_no_gate():
    assessed = result(rep="active", notario=True)
    assert assessed.codes[:2] == ("HAS_REP", "NOTARIO")
    assert assessed.findings[1].result == "FLAG"
    assert assessed.findings[1].inputs == {"notario": True}
    assert result(rep="notario", notario=True).codes.count("NOTARIO") == 1


MONEY = [
    # yearly limits for one person: 125 % is 19,950 and 200 % is 31,920 dollars
    ({"period": "yearly", "income": 19_949_99}, "PASS", "INCOME_LE_125"),
    ({"period": "yearly", "income": 19_950_00}, "PASS", "INCOME_LE_125"),
    ({"period": "yearly", "income": 19_950_01}, "PASS", "INCOME_125_200"),
    ({"period": "yearly", "income": 31_919_99}, "PASS", "INCOME_125_200"),
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
    ({"income": 1}, "PASS", "INCOME_LE_125"),
    ({"income": -1}, "UNKNOWN", "INCOME_UNKNOWN"),
    ({"income": 9_999_99, "hardship": True}, "UNKNOWN", "INCOME_GT_LIMIT_HARDSHIP"),
    ({"income": 2_660_00, "hardship": True}, "PASS", "INCOME_125_200"),
    ({"income": 9_999_99, "benefit": True}, "PASS", "AFFORD_BENEFIT"),
    ({"income": 9_999_99, "uac": True}, "PASS", "AFFORD_UAC_NOT_COUNTED"),
    ({"income": 9_999_99, "uac": True, "benefit": True}, "PASS", "AFFORD_UAC_NOT_COUNTED"),
    ({"income": 9_999_99, "custody": "ice"}, "FAIL", "INCOME_GT_LIMIT"),
    ({"income": None}, "UNKNOWN", "INCOME_UNKNOWN"),
    ({"income": 0, "period": None}, "UNKNOWN", "INCOME_UNKNOWN"),
    ({"income": None, "household_size": 0}, "UNKNOWN", "INCOME_UNKNOWN"),
    ({"income": None, "custody": "ice"}, "PASS", "AFFORD_DETAINED_PRESUMED"),
    ({"income": None, "custody": "ice", "benefit": True}, "PASS", "AFFORD_BENEFIT"),
    ({"income": None, "custody": "orr"}, "UNKNOWN", "INCOME_UNKNOWN"),
    ({"household_size": None}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": 0}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": -1}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": 2.5}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": True}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": "two"}, "UNKNOWN", "HH_SIZE_INVALID"),
    ({"household_size": 1}, "PASS", "INCOME_LE_125"),
    ({"household_size": 20}, "PASS", "INCOME_LE_125"),
    ({"household_size": 21}, "UNKNOWN", "HH_SIZE_CHECK"),
    ({"household_size": 21, "income": 99_999_999_99}, "FAIL", "HH_SIZE_CHECK"),
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


# The table of the policy: size, then whole dollars a year at 125 % and 200 %, and at 200 % in AK and HI.
LIMITS = [
    (1, 19_950, 31_920, 39_900, 36_720),
    (2, 27_050, 43_280, 54_100, 49_780),
    (3, 34_150, 54_640, 68_300, 62_840),
    (4, 41_250, 66_000, 82_500, 75_900),
    (5, 48_350, 77_360, 96_700, 88_960),
    (6, 55_450, 88_720, 110_900, 102_020),
    (7, 62_550, 100_080, 125_100, 115_080),
    (8, 69_650, 111_440, 139_300, 128_140),
    (9, 76_750, 122_800, 153_500, 141_200),
    (12, 98_050, 156_880, 196_100, 180_380),
]


@pytest.mark.parametrize("row", LIMITS, ids=lambda row: f"household of {row[0]}")
def test_the_printed_limits_of_2026_are_met_to_the_cent(row):
    size, low, high, alaska, hawaii = row

    def code(state, cents):
        assessed = result(state=state, household_size=size, income=cents, period="yearly")
        return next(each for each in assessed.codes if each.startswith("INCOME"))

    assert [code("NY", low * 100), code("NY", low * 100 + 1)] == ["INCOME_LE_125", "INCOME_125_200"]
    for state, limit in (("NY", high), ("AK", alaska), ("HI", hawaii)):
        assert [code(state, limit * 100), code(state, limit * 100 + 1)] == [
            "INCOME_125_200",
            "INCOME_GT_LIMIT",
        ]


def test_a_comparison_names_what_it_used():
    assert finding("INCOME_LE_125", household_size=2).inputs == {
        "yearly_cents": 960_000,
        "guideline_cents": 2_164_000,
        "guideline_year": 2026,
        "household_size": 2,
        "state": "NY",
    }
    assert finding("INCOME_UNKNOWN", income=None).inputs == {"income": None, "period": "monthly"}
    assert finding("INCOME_UNKNOWN", period=None).inputs == {"income": 80_000, "period": None}
    assert finding("HH_SIZE_INVALID", household_size=0).inputs == {"household_size": "0"}
    assert finding("AFFORD_UAC_NOT_COUNTED", uac=True).inputs == {"uac": True}
    assert finding("AFFORD_BENEFIT", benefit=True).inputs == {"benefit": True}
    presumed = finding("AFFORD_DETAINED_PRESUMED", income=None, custody="ice")
    assert presumed.inputs == {"income": None, "custody": "ice"}


@pytest.mark.parametrize("state", ["PR", "GU", "VI", "AS", "MP"])
def test_a_territory_uses_the_schedule_of_the_48_states_and_says_so(state):
    used = finding("FPG_TERRITORY_DEFAULT", state=state)
    assert (used.result, used.inputs) == ("FLAG", {"state": state})
    assert result(state=state).gates["afford"] == "PASS"
    assert finding("INCOME_LE_125", state=state).inputs["guideline_cents"] == 1_596_000
    assert finding("FPG_TERRITORY_DEFAULT", state="HI") is None


def test_assets_count_only_where_a_cap_is_set():
    capped = {"asset_cap": 8_000}
    assert gate("afford", assets=9_000)[0] == "PASS"
    assert gate("afford", config=capped)[0] == "PASS"
    assert "ASSETS_OVER" not in result(assets=8_000, config=capped).codes
    over = finding("ASSETS_OVER", assets=8_001, config=capped)
    assert (over.result, over.inputs) == ("UNKNOWN", {"assets": 8_001, "asset_cap": 8_000})
    assert result(assets=8_001, config=capped).gates["afford"] == "UNKNOWN"
    assert result(assets=0, config={"asset_cap": 0}).gates["afford"] == "PASS"


def test_a_large_household_is_named():
    assert finding("HH_SIZE_CHECK", household_size=21).inputs == {"household_size": 21}


def test_a_program_may_set_its_own_limits():
    assert "INCOME_125_200" in result(income=1_330_01, config={"auto_pct": 100}).codes
    assert "INCOME_LE_125" in result(income=1_330_00, config={"auto_pct": 100}).codes
    assert gate("afford", income=3_990_00, config={"max_pct": 300})[0] == "PASS"
    assert gate("afford", income=3_990_01, config={"max_pct": 300})[0] == "FAIL"


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2024, 1, 10), None),
        (date(2024, 1, 11), 2024),
        (date(2025, 1, 14), 2024),
        (date(2025, 1, 15), 2025),
        (date(2026, 1, 12), 2025),
        (date(2026, 1, 13), 2026),
        (date(2026, 11, 23), 2026),
    ],
)
def test_the_guideline_in_force_on_the_day_is_used(on, year):
    assert result(on=on).guideline_year == year


def test_without_a_guideline_a_person_must_ask():
    assert result(on=date(2023, 5, 1)).gates["afford"] == "UNKNOWN"
    assert "INCOME_UNKNOWN" in result(on=date(2023, 5, 1)).codes


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({"fear": "no"}, "FAIL", "NEED_OUT_OF_SCOPE"),
        ({"fear": "unsure"}, "UNKNOWN", "NEED_UNCLEAR"),
        ({"fear": None}, "UNKNOWN", "NEED_UNCLEAR"),
        ({"fear": "no", "other_protection": ["tps"]}, "UNKNOWN", "NEED_TPS_ONLY"),
        ({"fear": "unsure", "other_protection": ["tps"]}, "UNKNOWN", "NEED_TPS_ONLY"),
        ({"fear": "yes", "other_protection": ["tps"]}, "PASS", "NEED_FEAR"),
        ({"fear": "yes"}, "PASS", "NEED_FEAR"),
        *(
            ({"fear": "no", "other_protection": [form]}, "PASS", "NEED_OTHER_PROTECTION")
            for form in ("sij", "t", "u", "vawa", "parole", "i730")
        ),
        ({"fear": "no", "other_protection": ["tps", "sij"]}, "PASS", "NEED_OTHER_PROTECTION"),
    ],
)
def test_the_gate_of_need(changes, outcome, code):
    found, codes = gate("need", **changes)
    assert found == outcome
    assert code in codes


def test_need_names_the_answers_it_used():
    used = finding("NEED_OTHER_PROTECTION", fear="no", other_protection=["u", "t"]).inputs
    assert used == {"fear": "no", "other_protection": ["t", "u"]}


def test_a_program_may_accept_tps_alone():
    assert result(fear="no", other_protection=["tps"], config={"tps_only": "accept"}).gates["need"] == "PASS"


@pytest.mark.parametrize(
    ("state", "court", "found", "code"),
    [
        ("TX", None, "FAIL", "OUT_OF_AREA"),
        ("TX", "TX", "FAIL", "OUT_OF_AREA"),
        ("TX", "NJ", "UNKNOWN", "AREA_COURT_MATCH"),
        (None, None, "UNKNOWN", "AREA_UNKNOWN"),
        (None, "TX", "UNKNOWN", "AREA_UNKNOWN"),
        (None, "NJ", "UNKNOWN", "AREA_COURT_MATCH"),
        ("NY", None, "PASS", None),
        ("NY", "TX", "PASS", None),
    ],
)
def test_the_area(state, court, found, code):
    limited = {"service_area": ["NY", "NJ"]}
    assessed = result(state=state, court_state=court, config=limited)
    assert assessed.gates["area"] == found
    assert [each.code for each in assessed.findings if each.gate == "area"] == ([code] if code else [])
    if code:
        used = finding(code, state=state, court_state=court, config=limited).inputs
        assert used == {"state": state, "court_state": court}


@pytest.mark.parametrize("everywhere", ["*", ["*"], ["NY", "*"], None])
def test_a_program_that_serves_all_states_turns_nobody_away_for_where_they_live(everywhere):
    assert result(state="TX", config={"service_area": everywhere}).gates["area"] == "PASS"
    assert result(state=None, config={"service_area": everywhere}).gates["area"] == "PASS"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        # each row with the one above it not true and everything below it true as well
        ({"consent": False, "conflict": "confirmed"}, "INCOMPLETE"),
        ({"conflict": "confirmed", "outside_us": True}, "CONFLICT_DECLINE"),
        ({"conflict": "possible", "outside_us": True, "rep": "active"}, "CONFLICT_HOLD"),
        ({"outside_us": True, "rep": "active"}, "REFER_OUT"),
        ({"fear": "no", "rep": "active"}, "REFER_OUT"),
        ({"rep": "active", "income": 9_999_99, "state": "TX"}, "NOT_ELIGIBLE_PROGRAM"),
        ({"income": 9_999_99, "state": "TX"}, "NOT_ELIGIBLE_PROGRAM"),
        ({"state": "TX", "prior_denial": True, "rep": "unknown"}, "REFER_OUT"),
        ({"rep": "unknown"}, "STAFF_REVIEW"),
        ({"income": None}, "STAFF_REVIEW"),
        ({"fear": "unsure"}, "STAFF_REVIEW"),
        ({"state": "TX", "court_state": "NY"}, "STAFF_REVIEW"),
        ({"prior_denial": True}, "STAFF_REVIEW"),
        ({"denial_date": "2026-11-03"}, "STAFF_REVIEW"),
        ({"outside_us": True, "other_protection": ["i730"]}, "ELIGIBLE_FOR_REVIEW"),
        ({"conflict": "clear"}, "ELIGIBLE_FOR_REVIEW"),
        ({}, "ELIGIBLE_FOR_REVIEW"),
    ],
)
def test_the_first_row_that_holds_is_the_outcome(changes, outcome):
    assert result(config={"service_area": ["NY"]}, **changes).outcome == outcome


@pytest.mark.parametrize(
    "changes", [{"entry": "ewi"}, {"prior_denial": True}, {"arrival": "2019-01-01"}, {"in_absentia": True}]
)
def test_entry_a_past_denial_and_a_late_filing_are_never_a_refusal(changes):
    assert result(**changes).outcome in ("ELIGIBLE_FOR_REVIEW", "STAFF_REVIEW")


def test_without_consent_nothing_but_that_is_said_and_urgency_is_still_worked_out():
    refused = result(consent=False, fear_screening=True)
    assert refused.codes == ("NO_CONSENT",)
    assert refused.gates == {}
    assert refused.guideline_year is None
    assert (refused.band, refused.score) == ("CRITICAL", 65)
    assert refused.one_year_dates() is not None
    assert refused.points == {"clock": 60, "one_year": 5}
    assert (refused.findings[0].result, refused.findings[0].inputs) == ("FAIL", {"consent": False})


def test_who_did_not_answer_about_consent_is_taken_to_have_agreed_as_the_policy_says():
    assert result(consent=None).outcome == "ELIGIBLE_FOR_REVIEW"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"rep": "active"}, "NOT_ELIGIBLE_PROGRAM"),
        ({"fear": "no"}, "REFER_OUT"),
        ({"conflict": "confirmed"}, "CONFLICT_DECLINE"),
    ],
)
def test_an_urgent_person_is_handed_over_not_just_refused(changes, outcome):
    assert "URGENT_REFERRAL" not in result(**changes).codes
    urgent = finding("URGENT_REFERRAL", fear_screening=True, **changes)
    assert (urgent.result, urgent.inputs) == ("FLAG", {"band": "CRITICAL", "outcome": outcome})


@pytest.mark.parametrize("changes", [{}, {"conflict": "possible"}, {"rep": "ending"}])
def test_who_is_not_refused_needs_no_hand_over(changes):
    assert "URGENT_REFERRAL" not in result(fear_screening=True, **changes).codes


def test_every_code_of_every_row_is_on_record_whatever_the_outcome():
    codes = result(conflict="confirmed", outside_us=True, rep="active", income=None).codes
    assert {"CONFLICT", "OUTSIDE_US", "HAS_REP", "INCOME_UNKNOWN", "NEED_FEAR"} <= set(codes)
    assert finding("CONFLICT", conflict="confirmed").inputs == {"conflict": "confirmed"}
    assert finding("CONFLICT_POSSIBLE", conflict="possible").inputs == {"conflict": "possible"}
    assert finding("OUTSIDE_US", outside_us=True).inputs == {"outside_us": True}
    assert finding("OUTSIDE_US", outside_us=True, other_protection=["i730"]) is None

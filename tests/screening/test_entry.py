"""How someone came in: safety, and work for a lawyer. Today is 23 November 2026."""

import pytest

from tests.screening.amina import in_days, result


def inputs_of(found, code):
    """Return what the one finding of a code used; None where it is not said."""
    return next((each.inputs for each in found.findings if each.code == code), None)


@pytest.mark.parametrize(
    ("arrival", "said"),
    [
        *(("2023-05-10", False), ("2023-05-11", True), ("2025-05-11", True), ("2025-05-12", False)),
        *(("2025-05", True), ("2025", True), (None, False)),
    ],
)
@pytest.mark.parametrize("entry", ["ewi", "port"])
def test_the_border_rule_reaches_entries_of_two_years_by_any_reading(entry, arrival, said):
    """8 CFR 208.33(a)(1)."""
    used = {"entry": entry, "arrival": arrival} if said else None
    assert inputs_of(result(entry=entry, arrival=arrival), "BORDER_RULE") == used
    assert "BORDER_RULE" not in result(entry=entry, arrival=arrival, uac=True).codes
    assert "BORDER_RULE" not in result(entry="visa", arrival=arrival).codes


@pytest.mark.parametrize("entry", ["ewi", None])
@pytest.mark.parametrize("in_proceedings", [True, False])
def test_fast_removal_is_a_danger_in_court_too_and_where_nobody_said_how_they_came(entry, in_proceedings):
    found = result(entry=entry, in_proceedings=in_proceedings)
    used = {"entry": entry, "arrival": "2026-10-01", "in_proceedings": in_proceedings}
    assert inputs_of(found, "ER_EXPOSURE") == used
    assert found.points["er"] == 10
    assert inputs_of(found, "ENTRY_EWI") == ({"entry": "ewi"} if entry else None)


@pytest.mark.parametrize(
    ("facts", "used"),
    [
        ({"entry": "parole"}, {"entry": "parole", "status": []}),
        ({"entry": "port"}, {"entry": "port", "status": []}),
        ({"status": ["tps", "parole"]}, {"entry": "visa", "status": ["parole", "tps"]}),
        ({"status": ["tps"]}, None),
    ],
)
def test_parole_is_for_a_lawyer_and_scores_nothing(facts, used):
    found = result(**facts)
    assert inputs_of(found, "ER_PAROLE") == used
    assert found.points == {"one_year": 5}


@pytest.mark.parametrize("name", ["checkin", "master_hearing", "individual_hearing"])
@pytest.mark.parametrize(("days", "planned"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_safety_plan_is_made_before_a_hearing_or_check_in_of_the_next_thirty_days(name, days, planned):
    plan = {"safety_plan": in_days(days)} if planned else {}
    for entry, code in (("ewi", "ER_EXPOSURE"), ("parole", "ER_PAROLE")):
        used = inputs_of(result(entry=entry, **{name: in_days(days)}), code)
        assert {key: value for key, value in used.items() if key == "safety_plan"} == plan

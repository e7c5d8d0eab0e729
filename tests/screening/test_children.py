"""Children: alone, with their family, and those of the family who near 21. Today is 23 November 2026."""

import pytest

from tests.screening.amina import result


def inputs_of(found, code):
    """Return what the one finding of a code used; None where it is not said."""
    return next((each.inputs for each in found.findings if each.code == code), None)


@pytest.mark.parametrize(
    ("facts", "band"),
    [
        ({"birth_date": "2008-12-07"}, "CRITICAL"),  # 18 in 14 days: treat the birthday as a last day
        ({"birth_date": "2008-12-08"}, "HIGH"),
        ({"birth_date": "2008-12"}, "CRITICAL"),
        ({"birth_date": "2008-11-20"}, "HIGH"),  # 18 already
        ({"birth_date": "2010-05-02", "arrival": "2025-12-07"}, "CRITICAL"),  # the year ends in 14 days
        ({"birth_date": "2010-05-02", "arrival": "2025-12-08"}, "HIGH"),
        ({"birth_date": "2010-05-02", "arrival": "2025-11-23"}, "CRITICAL"),  # today
        ({"birth_date": "2010-05-02", "arrival": "2025-11-20"}, "HIGH"),  # it is over
        ({"birth_date": "2010-05-02", "arrival": "2025-11"}, "CRITICAL"),
        ({"birth_date": "2010-05-02", "arrival": None}, "HIGH"),
        ({"arrival": "2025-12-07", "i589_received": "2026-01-12"}, "HIGH"),
    ],
)
def test_a_child_alone_is_high_and_critical_before_the_birthday_or_the_end_of_the_year(facts, band):
    found = result(uac=True, **facts)
    assert found.floors["child_alone"] == band
    assert inputs_of(found, "UAC") == {"uac": True}
    assert found.points["child"] == 30


@pytest.mark.parametrize(
    ("told", "used"),
    [({"age": 17}, {"age": 17}), ({"birth_date": "2008-11-24"}, {"birth_date": "2008-11-24"})],
)
def test_whoever_may_be_under_18_is_a_child_and_says_from_what(told, used):
    found = result(**told)
    assert inputs_of(found, "CHILD_PRINCIPAL") == used
    assert found.points["child"] == 20
    assert "CHILD_PRINCIPAL" not in result(birth_date="2008-11-23").codes


@pytest.mark.parametrize(
    ("born", "soon"),
    [
        ("2009-02-21", True),  # 18 in 90 days
        ("2009-02-22", False),
        ("2006-05-22", True),  # 21 in 180 days
        ("2006-05-23", False),
        ("2008-11-24", True),
        ("2008-11-23", False),  # 18 today
    ],
)
def test_a_birthday_that_changes_the_law_is_soon_within_90_and_180_days(born, soon):
    found = result(birth_date=born)
    assert inputs_of(found, "AGING_OUT") == ({"birth_date": born} if soon else None)
    assert found.points.get("aging_out") == (10 if soon else None)


@pytest.mark.parametrize(
    ("born", "said", "floors"),
    [
        ("2005-11-23", False, {}),  # 21 today
        ("2005-11-24", True, {"child_21": "HIGH"}),
        ("2006-01-22", True, {"child_21": "HIGH"}),  # in 60 days
        ("2006-01-23", True, {}),
        ("2006-11-23", True, {}),  # in twelve months
        ("2006-11-24", False, {}),
        ("2006", True, {"child_21": "HIGH"}),
    ],
)
def test_a_child_of_the_family_who_nears_21_must_be_on_a_form_received_before(born, said, floors):
    """INA 208(b)(3)(B)."""
    children = [{"birth_date": born}, {"birth_date": "2015-03-02"}]
    found = result(children=children)
    assert inputs_of(found, "CHILD_NEAR_21") == ({"children": [born, "2015-03-02"]} if said else None)
    assert (found.floors, found.points) == (floors, {"one_year": 5})
    assert "CHILD_NEAR_21" not in result(children=children, i589_received="2026-10-20").codes


@pytest.mark.parametrize(
    ("admitted", "band"), [("2025-12-23", "HIGH"), ("2025-12-24", None), ("2021-01-05", "HIGH")]
)
def test_a_refugee_is_high_from_thirty_days_before_the_first_year_is_over(admitted, band):
    """INA 209(a)(1); only a receipt of the I-485 ends it."""
    granted = {"date": admitted, "kind": "refugee"}
    found = result(granted=granted)
    assert inputs_of(found, "REFUGEE_ADJUST") == {"granted": granted}
    assert found.floors.get("refugee_adjust") == band
    assert "REFUGEE_ADJUST" not in result(granted=granted, i485_received="2026-11-02").codes
    assert "REFUGEE_ADJUST" not in result(granted={**granted, "kind": "asylum"}).codes

"""The day by which a judge wants the I-589. Today is 23 November 2026."""

import pytest

from tests.screening.amina import in_days, result


def inputs_of(found, code):
    """Return what the one finding of a code used."""
    [one] = [each for each in found.findings if each.code == code]
    return one.inputs


@pytest.mark.parametrize(
    ("days", "points", "band"),
    [
        *((-3, 45, "CRITICAL"), (0, 45, "CRITICAL"), (7, 45, "CRITICAL"), (8, 45, "HIGH"), (14, 45, "HIGH")),
        *((15, 30, None), (30, 30, None), (31, None, None)),
    ],
)
def test_the_day_by_which_a_judge_wants_the_form_is_high_at_14_days_and_critical_at_7(days, points, band):
    """Missing it gives the form up (8 CFR 1003.31(h)); it never moves the year."""
    found = result(i589_callup=in_days(days))
    assert inputs_of(found, "I589_CALLUP") == {"i589_callup": in_days(days)}
    assert (found.points.get("clock"), found.floors.get("callup_near")) == (points, band)
    assert found.one_year == result().one_year


def test_a_day_for_the_form_that_has_gone_by_asks_nothing_once_the_form_is_received():
    received = {"i589_received": "2026-11-02"}
    assert "I589_CALLUP" not in result(i589_callup=in_days(-1), **received).codes
    assert "I589_CALLUP" in result(i589_callup=in_days(0), **received).codes
    assert "I589_CALLUP" in result(i589_callup="2026-11", **received).codes

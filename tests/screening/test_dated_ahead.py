"""What can only have happened is refused where it is dated ahead. Today is 23 November 2026."""

import pytest

from tests.screening.amina import result

APPEALED = {"by": "judge", "date": "2026-11-02", "filed": "appeal"}


def inputs_of(found, code):
    """Return what the one finding of a code used; None where it is not said."""
    return next((each.inputs for each in found.findings if each.code == code), None)


@pytest.mark.parametrize(
    ("fact", "told", "used"),
    [
        ("arrival", lambda day: day, lambda day: day),
        ("i589_returned", lambda day: day, lambda day: day),
        ("granted", lambda day: {"date": day, "kind": "asylum"}, lambda day: {"date": day, "kind": "asylum"}),
        ("children", lambda day: [{"birth_date": day}], lambda day: [day]),
        ("decisions", lambda day: [{"by": "board", "date": day}], lambda day: [{"by": "board", "date": day}]),
        (
            "decisions",
            lambda day: [{**APPEALED, "filed_received": day}],
            lambda day: [{**APPEALED, "filed_received": day}],
        ),
    ],
)
def test_tomorrow_is_refused_with_what_was_told_and_today_is_not(fact, told, used):
    code = f"{fact.upper()}_FUTURE"
    assert inputs_of(result(**{fact: told("2026-11-24")}), code) == {fact: used("2026-11-24")}
    assert inputs_of(result(**{fact: told("2026-11-23")}), code) is None


def test_a_return_of_which_every_day_lies_ahead_sends_nothing_back():
    codes = result(i589_received="2026-10-20", i589_returned="2026-12").codes
    assert "I589_FILED" in codes
    assert "I589_RETURNED" not in codes

"""The orders of one person: told once or twice, with a receipt or without, one in place of another."""

from datetime import date

import pytest

from foundation.calendar import PartialDate
from screening.rules.decisions import Decision
from screening.rules.orders import is_made_in_absence, is_replaced, may_be_replaced, orders_of

ON = date(2026, 11, 28)
PARSE = PartialDate.parse


def decided(by, day, **more):
    return Decision(day and PARSE(day), by, **more)


def order(by, day, filed=None, received=None):
    [found] = orders_of([decided(by, day, filed=filed, filed_received=received and PARSE(received))], on=ON)
    return found


def test_a_decision_told_twice_is_one_and_keeps_what_each_says():
    merits = decided("judge", "2026-10-01", asylum_merits=False)
    appeal = decided("judge", "2026-10-01", filed="appeal", filed_received=PARSE("2026-10-20"))
    whole = decided(
        "judge", "2026-10-01", asylum_merits=False, filed="appeal", filed_received=PARSE("2026-10-20")
    )
    for told in ([merits, appeal], [appeal, merits]):
        assert [each.decision for each in orders_of(told, on=ON)] == [whole]
    motion = decided("judge", "2026-10-01", asylum_merits=True, filed="motion")
    [both] = orders_of([merits, motion], on=ON)
    assert (both.decision.asylum_merits, both.decision.filed) == (False, "motion")


@pytest.mark.parametrize(
    ("facts", "by"),
    [
        ({}, []),
        ({"denial_date": PARSE("2026-10-01")}, [("judge", PARSE("2026-10-01"))]),
        ({"in_absentia": True}, [("absentia", None)]),
        ({"prior_denial": True}, [("unsure", None)]),
        ({"prior_denial": True, "in_absentia": True}, [("absentia", None)]),
        (
            {"prior_denial": True, "denial_date": PARSE("2026-10-01"), "in_absentia": True},
            [("judge", PARSE("2026-10-01")), ("absentia", None)],
        ),
    ],
)
def test_the_older_words_for_a_denial_are_orders_too(facts, by):
    found = orders_of([], on=ON, **facts)
    assert [(each.by, each.decision.date) for each in found] == by


def test_an_absence_that_has_its_day_is_not_told_again_without_one():
    absence = decided("absentia", "2026-10-01")
    assert [each.decision for each in orders_of([absence], on=ON, in_absentia=True)] == [absence]
    officer = decided("officer", "2026-10-01")
    assert len(orders_of([officer], on=ON, in_absentia=True, prior_denial=True)) == 2


@pytest.mark.parametrize(
    ("received", "surely", "maybe"),
    [
        ("2026-10-01", True, True),  # the day of the order
        ("2026-11-02", True, True),  # the last day
        ("2026-09-30", False, False),
        ("2026-11-03", False, False),
        ("2026-10", True, True),
        ("2026-11", False, True),
        ("2026", False, True),
        (None, False, False),
    ],
)
def test_a_receipt_counts_from_the_day_of_the_order_to_the_last(received, surely, maybe):
    one, until = order("judge", "2026-10-01", "appeal", received), date(2026, 11, 2)
    assert one.has_receipt("appeal", until=until) is surely
    assert one.may_have_receipt("appeal", until=until) is maybe
    assert not one.has_receipt("motion", until=until)
    assert not one.may_have_receipt("motion", until=until)
    undated = order("judge", None, "appeal", received)
    assert not undated.has_receipt("appeal", until=until)
    assert not undated.may_have_receipt("appeal", until=until)


@pytest.mark.parametrize(
    ("day", "surely", "maybe"),
    [
        ("2026-09-30", False, False),
        ("2026-10-01", True, True),  # on the day or after it
        ("2026-11-02", True, True),
        ("2026-10", True, True),
        ("2026", False, True),
        (None, False, False),
    ],
)
def test_the_boards_decision_on_or_after_a_judges_stands_in_its_place(day, surely, maybe):
    orders = orders_of([decided("judge", "2026-10-01"), decided("board", day)], on=ON)
    assert is_replaced(orders[0], orders) is surely
    assert may_be_replaced(orders[0], orders) is maybe
    assert not is_replaced(orders[1], orders)
    assert not may_be_replaced(orders[1], orders)
    other = orders_of([decided("judge", "2026-10-01"), decided("dhs", day)], on=ON)
    assert not is_replaced(other[0], other)
    assert not may_be_replaced(other[0], other)


@pytest.mark.parametrize(
    ("judged", "absent", "surely", "maybe"),
    [
        ("2026-10-01", "2026-10-01", True, True),
        ("2026-10-01", "2026-10-02", False, False),
        ("2026-10-01", "2026-10", False, True),
        ("2026-10", "2026-10", False, True),
        ("2026-10-01", None, False, False),
        (None, "2026-10-01", False, False),
    ],
)
def test_a_judges_entry_of_the_day_of_the_absence_is_the_same_order(judged, absent, surely, maybe):
    """ICPM 5.9(d): nobody can appeal it."""
    orders = orders_of([decided("judge", judged), decided("absentia", absent)], on=ON)
    assert is_made_in_absence(orders[0], orders) is surely
    assert is_made_in_absence(orders[0], orders, maybe=True) is maybe
    assert not is_made_in_absence(orders[1], orders, maybe=True)

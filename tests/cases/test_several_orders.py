"""A row is one rule and one order: several orders have their own rows, and each keeps its history."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import CaseFacts, Deadline, DeadlineChange


@pytest.fixture
def today(cast, now):
    return cast.office.today(now)


LATER = timedelta(minutes=1)


def decide(case, by, now, *decisions):
    newest = CaseFacts.objects.filter(case=case).first()
    values = {"decisions": [{"asylum_merits": None, "filed": None, **each} for each in decisions]}
    return actions.write_facts(case, values=values, seen=newest and newest.pk, by=by, at=now)


def rows(case, key):
    return {row.order_ref: row for row in Deadline.objects.filter(case=case, key=key)}


def ago(today, days):
    return (today - timedelta(days=days)).isoformat()


@pytest.fixture
def two_orders(case, cast, now, today):
    first = {"ref": "", "by": "board", "date": ago(today, 20)}
    second = {"ref": "a1b2", "by": "board", "date": ago(today, 5)}
    decide(case, cast.cora, now, first, second)
    return first, second


def test_two_orders_of_one_kind_have_a_row_each(case, two_orders):
    found = rows(case, "pfr")
    assert set(found) == {"", "a1b2"}
    assert found[""].date < found["a1b2"].date


def test_an_order_whose_day_is_corrected_keeps_its_row_and_what_was_settled(
    case, two_orders, cast, now, today
):
    first, second = two_orders
    actions.waive_deadline(rows(case, "pfr")["a1b2"], reason="a lawyer has it", by=cast.cora, at=now)
    before = rows(case, "pfr")["a1b2"]
    decide(case, cast.cora, now + LATER, {**first, "date": ago(today, 21)}, second)
    after = rows(case, "pfr")
    assert (after["a1b2"].status, after["a1b2"].date) == ("waived", before.date)
    assert set(after) == {"", "a1b2"}
    moved = DeadlineChange.objects.filter(deadline=after[""], kind="moved")
    assert moved.exists()


def test_an_order_that_was_not_so_takes_its_row_along(case, two_orders, cast, now):
    first, _second = two_orders
    decide(case, cast.cora, now + LATER, first)
    assert rows(case, "pfr")["a1b2"].status == "gone"
    assert rows(case, "pfr")[""].status == "open"


def test_the_row_of_the_order_told_first_is_carried_over(make_case, cast, now, today):
    """What staff write down about the decision that the applicant told of is the same row."""
    case = make_case(refused={"decision": "board", "decision_date": ago(today, 9)})
    told = rows(case, "pfr")[""]
    actions.confirm_deadline(told, by=cast.cora, at=now)
    decide(case, cast.cora, now, {"ref": "", "by": "board", "date": ago(today, 9)})
    assert rows(case, "pfr")[""].pk == told.pk
    assert rows(case, "pfr")[""].status == "confirmed"

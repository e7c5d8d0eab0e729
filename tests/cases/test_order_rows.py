"""What the rows of an order say of it, and until when they run. Today is 23 November 2026."""

import pytest

from cases.data import deadline_rules
from cases.rules import DeadlineFacts, deadlines
from cases.rules.orders import MAYBE_DHS, PENDING
from tests.support.dated import PARTIAL, TODAY, dates, decided


def rows(key, *decisions):
    facts = DeadlineFacts.from_dict({"decisions": [{"by": by, "date": day} for by, day in decisions]})
    return [due for due in deadlines(facts, on=TODAY) if due.key == key]


@pytest.mark.parametrize("key", ["mtr_reopen", "mtr_reconsider"])
def test_while_the_board_has_an_appeal_a_motion_has_no_day(key):
    appealed = {"date": "2026-11", "by": "judge", "filed": "appeal", "filed_received": "2026-11-30"}
    on = TODAY.replace(month=12)
    [due] = [
        due for due in deadlines(DeadlineFacts.from_dict({"decisions": [appealed]}), on=on) if due.key == key
    ]
    assert (due.date, due.latest, due.status) == (None, None, "open_ended")
    assert due.inputs == {"decision": appealed}
    assert due.notes == (PENDING, deadline_rules()[key].note)
    assert due.subject == "judge:2026-11"


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        (decided("2026-10-01"), "2026-12-30", "2027-02-01"),  # final on 2 November; then 90 days to a Sunday
        (decided("2026-10-01", filed="waived"), "2026-12-30", "2026-12-30"),
        (decided("2026-10-01", "bia"), "2026-12-30", "2026-12-30"),
        (decided("2026-10-01", "absentia"), "2026-12-30", "2026-12-30"),
    ],
)
def test_a_judges_order_alone_becomes_final_later_than_it_is_made(order, first, last):
    """8 CFR 1241.1, 1003.39."""
    due = dates(**order)["mtr_reopen"]
    assert (due["date"], due["latest"]) == (first, last)


@pytest.mark.parametrize(
    ("by", "day", "said"),
    [
        ("dhs", "2026-11-03", ()),
        ("dhs", "2026-11", (PARTIAL,)),
        ("officer", "2026-11-03", (MAYBE_DHS,)),
        ("officer", "2026-11", (PARTIAL, MAYBE_DHS)),
    ],
)
def test_a_decision_of_an_officer_may_be_an_order_of_dhs_and_says_so(by, day, said):
    [due] = rows("pfr_dhs", (by, day))
    assert due.notes == (*said, deadline_rules()["pfr_dhs"].note)


def test_each_order_has_a_row_of_its_own_told_apart_by_who_made_it_and_when():
    found = rows("mtr_reopen", ("board", "2026-10-05"), ("board", "2026-11"), ("absentia", "2026-09-02"))
    assert sorted(due.subject for due in found) == [
        "absentia:2026-09-02",
        "board:2026-10-05",
        "board:2026-11",
    ]


@pytest.mark.parametrize("decision", [{"by": "board"}, {"by": "board", "date": "2026-12-03"}])
def test_an_order_without_a_day_or_of_a_day_ahead_starts_no_row(decision):
    assert dates(decisions=[decision]) == {}

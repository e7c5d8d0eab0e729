"""The clock of each kind of order, and what a receipt, an age or a second order does to it."""

from dataclasses import replace
from datetime import date

import pytest

from foundation.calendar import PartialDate
from screening.data import tables
from screening.rules import Facts
from screening.rules.decisions import Decision
from screening.rules.orders import is_replaced, may_be_replaced, orders_of
from screening.rules.seen import seen_of
from tests.screening.amina import result

ON = date(2026, 11, 28)


def screened(*decisions, **facts):
    return result(on=ON, decisions=[{"by": by, "date": day, **more} for by, day, more in decisions], **facts)


def test_a_motion_received_in_time_leaves_no_window_open_and_the_order_stands():
    order = "absentia", "2026-09-01"
    received = {"filed": "motion", "filed_received": "2026-10-01"}
    assert {"IN_ABSENTIA", "REOPEN_OPEN"} <= set(screened((*order, {})).codes)
    codes = screened((*order, received)).codes
    assert "IN_ABSENTIA" in codes
    assert not {"REOPEN_OPEN", "APPEAL_SAID_SENT"} & set(codes)
    assert "IN_ABSENTIA" in screened(("absentia", "2026-01-05", {})).codes
    assert "REOPEN_OPEN" not in screened(("absentia", "2026-01-05", {})).codes  # more than 180 days ago


def test_an_appeal_that_may_have_come_in_time_leaves_nothing_over():
    """Thirty days from 1 October end on Saturday the 31st, so on Monday 2 November."""
    order = "judge", "2026-10-01"
    for day in ("2026", "2026-10", "2026-11"):
        assert (
            "FINAL_ORDER_POSSIBLE" not in screened((*order, {"filed": "appeal", "filed_received": day})).codes
        )
    for receipt in ({"filed_received": "2026-11-03"}, {"filed_received": "2026-09"}, {}):
        found = screened((*order, {"filed": "appeal", **receipt}))
        assert {"FINAL_ORDER_POSSIBLE", "APPEAL_SAID_SENT"} <= set(found.codes)
        assert found.points == screened((*order, {"filed": "appeal", "filed_received": "2026"})).points


def test_a_petition_received_in_time_is_pending_and_a_late_one_is_not():
    order = "board", "2026-10-01"  # thirty days: Saturday 31 October, so Monday 2 November
    pending = screened((*order, {"filed": "petition", "filed_received": "2026-11-02"}))
    assert "APPEAL_PENDING" in pending.codes
    assert pending.points["clock"] >= 20
    late = screened((*order, {"filed": "petition", "filed_received": "2026-11-03"}))
    assert "APPEAL_PENDING" not in late.codes
    assert "APPEAL_SAID_SENT" in late.codes


def test_an_order_of_dhs_without_a_date_is_asked_for_and_has_no_window():
    found = screened(("dhs", None, {}))
    assert {"PRIOR_ORDER", "DENIAL_DATE_UNKNOWN"} <= set(found.codes)
    assert "PFR_OPEN" not in found.codes


def test_a_refusal_of_an_officer_is_urgent_for_45_days():
    recent, long_ago = screened(("officer", "2026-10-14", {})), screened(("officer", "2026-10-13", {}))
    assert (recent.points["clock"], recent.floors["officer"]) == (30, "HIGH")
    assert long_ago.points["clock"] == 20
    assert "officer" not in long_ago.floors


def test_of_two_orders_of_a_kind_the_more_urgent_is_the_one_that_is_named():
    found = screened(("board", "2026-11-01", {}), ("board", "2026-11-20", {}), rep="active")
    [pfr] = [each for each in found.findings if each.code == "PFR_OPEN"]
    assert pfr.inputs["decision"]["date"] == "2026-11-01"
    found = screened(("board", "2026-11-20", {}), ("board", "2026-11-01", {}), rep="active")
    [pfr] = [each for each in found.findings if each.code == "PFR_OPEN"]
    assert pfr.inputs["decision"]["date"] == "2026-11-01"


def test_of_two_orders_of_a_kind_that_are_as_urgent_the_one_told_first_is_named():
    for first, second in (("2026-11-20", "2026-11-21"), ("2026-11-21", "2026-11-20")):
        found = screened(("board", first, {}), ("board", second, {}), rep="active")
        [pfr] = [each for each in found.findings if each.code == "PFR_OPEN"]
        assert pfr.inputs["decision"]["date"] == first


def test_a_judges_entry_of_the_day_of_an_absence_is_that_order_and_nobody_appeals_it():
    absence = "absentia", "2026-11-20", {}
    assert "APPEAL_WINDOW_OPEN" not in screened(absence, ("judge", "2026-11-20", {})).codes
    for other in ("2026-11-21", "2026-11"):  # another day, or perhaps another: it speaks for itself
        assert "APPEAL_WINDOW_OPEN" in screened(absence, ("judge", other, {})).codes
    both = ("absentia", "2026-11", {}), ("judge", "2026-11", {})
    assert "APPEAL_WINDOW_OPEN" in screened(*both).codes


def test_a_later_hearing_settles_one_that_has_gone_by_and_an_earlier_does_not():
    gone = {"master_hearing": "2026-11-20"}
    assert "HEARING_PASSED" not in result(on=ON, **gone, individual_hearing="2027-03-01").codes
    assert "HEARING_PASSED" in result(on=ON, **gone, individual_hearing="2026-11-01").codes
    assert "HEARING_PASSED" in result(on=ON, **gone, individual_hearing="2026-11-20").codes
    assert "HEARING_PASSED" in result(on=ON, **gone, asylum_interview="2027-03-01").codes


def test_a_hearing_some_days_of_which_have_gone_by_is_as_urgent_as_one_that_has():
    """A month that began before today may be over; of a year that is one band less, and no code says it."""
    for value, floors in (
        ("2026-11", {"hearing_passed": "HIGH"}),
        ("2026", {"hearing_passed": "MEDIUM"}),
        ("2026-12", {}),
        ("2026-11-28", {}),
    ):
        found = result(on=ON, checkin=value)
        assert found.floors == floors
        assert "HEARING_PASSED" not in found.codes
    assert result(on=ON, checkin="2026-11", held=True).floors == {}
    assert result(on=date(2026, 10, 15), checkin="2026-10").floors == {"hearing_passed": "HIGH"}  # 31 days


def test_a_status_excuses_by_its_end_alone_where_nobody_knows_the_arrival():
    assert "STATUS_KEPT" in result(on=ON, arrival=None, status=["tps"], status_end="2026-10-15").codes
    assert "STATUS_KEPT" not in result(on=ON, arrival=None, status=["daca"], status_end="2026-10-15").codes


def test_a_receipt_is_looked_at_once_for_every_rule():
    seen = seen_of(Facts.from_dict({"arrival": "2026-03", "i589_received": "2026-03-10"}), on=ON)
    assert (seen.filing.may_be_filed, seen.filing.is_filed) == (True, False)
    assert (seen.filing.running.first, seen.filing.running.last) == (date(2026, 3, 11), date(2026, 3, 31))


def test_an_appeal_is_not_waived_before_there_is_an_order():
    """A day of waiver before the order's own is a slip: the motions count from the order."""
    early = {"filed": "waived", "filed_received": "2026-10-01"}
    order = "judge", "2026-10-07"
    reopen = [
        next(
            each.inputs["reopen"] for each in screened((*order, more)).findings if each.code == "REOPEN_OPEN"
        )
        for more in (early, {"filed": "waived"})
    ]
    assert reopen[0] == reopen[1]


@pytest.mark.parametrize("by", ["board", "absentia"])
def test_what_another_decision_may_stand_in_place_of_is_not_said_to_be_over(by):
    """The other's date is known as a year: on some of its days the judge's order is not what counts."""
    judged = "judge", "2026-10-07", {}
    assert "FINAL_ORDER_POSSIBLE" in screened(judged).codes
    assert "FINAL_ORDER_POSSIBLE" not in screened(judged, (by, "2026", {})).codes


def test_only_a_dated_entry_of_a_judge_can_be_replaced():
    orders = orders_of(
        [Decision(None, "judge"), Decision(PartialDate.parse("2026-10"), "board")], on=date(2026, 11, 28)
    )
    assert [may_be_replaced(order, orders) for order in orders] == [False, False]
    assert [is_replaced(order, orders) for order in orders] == [False, False]


MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize("by", ["board", "dhs"])
@pytest.mark.parametrize(
    ("decided", "last", "rep", "points", "floor"),
    [
        ("2026-11-14", "2026-12-14", "none", 60, {"pfr_near": "CRITICAL"}),  # 14 days, without a lawyer
        ("2026-11-15", "2026-12-15", "none", 50, {"pfr_open": "HIGH"}),
        ("2026-11-10", "2026-12-10", "active", 60, {"pfr_near": "CRITICAL"}),  # 10 days, with one
        ("2026-11-11", "2026-12-11", "active", 50, {"pfr_open": "HIGH"}),
        (
            "2026-11-11",
            "2026-12-11",
            None,
            60,
            {"pfr_near": "CRITICAL"},
        ),  # nobody knows: as if there were none
    ],
)
def test_a_petition_is_critical_at_ten_days_and_without_a_lawyer_at_fourteen(
    by, decided, last, rep, points, floor
):
    """Thirty days from the order, and nobody can give more (8 USC 1252(b)(1))."""
    found = result(on=MONDAY, rep=rep, decisions=[{"by": by, "date": decided}])
    [pfr] = [each for each in found.findings if each.code == "PFR_OPEN"]
    assert pfr.inputs == {"decision": {"by": by, "date": decided}, "pfr": last}
    assert found.points["clock"] == points
    assert {name: band for name, band in found.floors.items() if name.startswith("pfr")} == floor


def test_a_petition_that_is_pending_scores_twenty_and_asks_for_no_other():
    found = screened(("board", "2026-11-20", {"filed": "petition", "filed_received": "2026-11-25"}))
    assert found.points == {"clock": 20, "one_year": 5}
    assert not {"PFR_OPEN", "APPEAL_SAID_SENT"} & set(found.codes)
    [pending] = [each for each in found.findings if each.code == "APPEAL_PENDING"]
    assert pending.inputs["decision"]["filed_received"] == "2026-11-25"


@pytest.mark.parametrize(
    ("custody", "band"), [(None, "HIGH"), ("none", "HIGH"), ("ice", "CRITICAL"), ("orr", "CRITICAL")]
)
def test_an_order_of_before_is_high_and_critical_for_someone_held(custody, band):
    """It may leave withholding alone (8 CFR 1208.31(e)), and can be carried out at once."""
    found = result(on=ON, prior_order=True, custody=custody)
    [order] = [each for each in found.findings if each.code == "PRIOR_ORDER"]
    assert order.inputs == {"prior_order": True}
    assert (found.floors["prior_order"], found.band) == (band, band)
    of_dhs = screened(("dhs", "2026-01-05", {}), custody=custody)
    assert of_dhs.floors["prior_order"] == band
    [order] = [each for each in of_dhs.findings if each.code == "PRIOR_ORDER"]
    assert order.inputs == {"decision": {"by": "dhs", "date": "2026-01-05"}}


def inputs_of(found, code):
    """Return what the one finding of a code used."""
    [one] = [each for each in found.findings if each.code == code]
    return one.inputs


@pytest.mark.parametrize(
    ("receipt", "reopen"), [({}, "2027-02-18"), ({"filed_received": "2026-11-24"}, "2027-02-22")]
)
def test_an_appeal_that_was_waived_makes_the_order_final_that_day(receipt, reopen):
    """8 CFR 1003.39: there is nothing left to appeal, and the 90 days of the motion run from then."""
    found = screened(("judge", "2026-11-20", {"filed": "waived", **receipt}))
    assert {"FINAL_ORDER_POSSIBLE", "REOPEN_OPEN"} <= set(found.codes)
    assert not {"APPEAL_WINDOW_OPEN", "BIA_DEADLINE_DISPUTED", "APPEAL_SAID_SENT"} & set(found.codes)
    assert inputs_of(found, "REOPEN_OPEN")["reopen"] == reopen
    assert found.floors == {"reopen_open": "HIGH"}


def test_a_decision_nobody_can_date_is_urgent_and_not_nothing():
    for by in ("unsure", "judge", "board", "dhs", "officer", "absentia"):
        found = screened((by, None, {}))
        assert found.floors["denial_unknown"] == "HIGH"
        assert inputs_of(found, "DENIAL_DATE_UNKNOWN") == {"decision": {"by": by, "date": None}}
        assert found.points["clock"] >= 30


def test_an_appeal_that_is_pending_scores_twenty_and_nothing_is_over_or_open():
    found = screened(("judge", "2026-11-20", {"filed": "appeal", "filed_received": "2026-11-25"}))
    assert found.points == {"clock": 20, "one_year": 5}
    assert found.floors == {}
    over = {"APPEAL_WINDOW_OPEN", "FINAL_ORDER_POSSIBLE", "REOPEN_OPEN", "APPEAL_SAID_SENT"}
    assert not over & set(found.codes)


@pytest.mark.parametrize(
    ("by", "filed"), [("judge", "appeal"), ("judge", "motion"), ("absentia", "motion"), ("board", "petition")]
)
def test_what_is_said_to_be_filed_without_a_receipt_is_named_and_stops_nothing(by, filed):
    found = screened((by, "2026-11-20", {"filed": filed}))
    decision = {"by": by, "date": "2026-11-20", "filed": filed}
    assert inputs_of(found, "APPEAL_SAID_SENT") == {"decision": decision}
    silent = screened((by, "2026-11-20", {}))
    assert set(found.codes) - set(silent.codes) == {"APPEAL_SAID_SENT"}
    assert (found.points, found.floors) == (silent.points, silent.floors)


@pytest.mark.parametrize(("by", "day"), [("judge", "2026-10-01"), ("board", "2026-10-01")])
def test_a_motion_with_a_receipt_leaves_no_window_for_another(by, day):
    """One motion in all (Matter of M-M-L-J-, 29 I&N Dec. 843)."""
    assert "REOPEN_OPEN" in screened((by, day, {"filed": "motion"})).codes
    moved = screened((by, day, {"filed": "motion", "filed_received": "2026-11-15"}))
    assert "REOPEN_OPEN" not in moved.codes
    assert "reopen_open" not in moved.floors


@pytest.mark.parametrize(
    ("day", "band"),
    [
        ("2026-07-01", "CRITICAL"),  # 180 days end on 28 December: 30 days off
        ("2026-07-02", "HIGH"),
        ("2026-06-05", "CRITICAL"),
        ("2025-03-03", "HIGH"),  # long over: for lack of notice at any time
        (None, "HIGH"),
    ],
)
def test_an_order_made_in_absence_is_high_always_and_critical_while_its_days_end(day, band):
    """It can be carried out at once, and the motion itself stays removal (INA 240(b)(5)(C))."""
    found = screened(("absentia", day, {}))
    assert (found.floors["in_absentia"], found.points["clock"]) == (band, 40)
    assert found.band == band


def test_the_motion_against_an_absence_scores_beside_the_absence():
    other = replace(tables(), points={**tables().points, "in_absentia": 5})
    found = result(on=ON, of=other, decisions=[{"by": "absentia", "date": "2026-09-01"}])
    assert found.points["clock"] == 40
    assert inputs_of(found, "REOPEN_OPEN")["reopen"] == "2027-03-01"  # 28 February is a Sunday


def test_an_order_of_the_board_older_than_every_window_scores_thirty():
    found = screened(("board", "2026-01-05", {}))
    assert (found.points["clock"], found.floors) == (30, {})
    assert not {"PFR_OPEN", "REOPEN_OPEN"} & set(found.codes)
    assert inputs_of(found, "FINAL_ORDER_POSSIBLE") == {"decision": {"by": "board", "date": "2026-01-05"}}


@pytest.mark.parametrize(
    ("facts", "band"),
    [
        ({}, "HIGH"),
        ({"custody": "none"}, "HIGH"),
        ({"custody": "ice"}, "CRITICAL"),
        ({"custody": "orr"}, "CRITICAL"),
        ({"fear_screening": True}, "CRITICAL"),
    ],
)
def test_a_no_of_an_officer_is_critical_for_someone_held_or_screened(facts, band):
    """It may be an order of DHS (8 CFR 208.31): whoever is held can be removed on it within days."""
    for day in ("2026-11-20", None):
        found = screened(("officer", day, {}), **facts)
        assert found.floors["officer"] == band
        assert inputs_of(found, "DENIED_BY_OFFICER") == {"decision": {"by": "officer", "date": day}}
    long_ago = screened(("officer", "2026-01-05", {}), **facts)
    assert "DENIED_BY_OFFICER" in long_ago.codes
    assert "officer" not in long_ago.floors


def test_a_hearing_of_today_has_no_day_left():
    today = replace(tables(), floors={**tables().floors, "merits_critical": 0})
    assert result(on=ON, of=today, individual_hearing="2026-11-28").floors == {"merits_near": "CRITICAL"}
    assert result(on=ON, of=today, individual_hearing="2026-11-29").floors == {}


def test_a_hearing_that_has_gone_by_is_high_and_names_its_day():
    found = result(on=ON, master_hearing="2026-11-20", checkin="2026-11-25")
    assert inputs_of(found, "HEARING_PASSED") == {"master_hearing": "2026-11-20", "checkin": "2026-11-25"}
    assert (found.floors, found.points) == ({"hearing_passed": "HIGH"}, {"one_year": 5})


def test_a_form_without_a_receipt_leaves_every_day_of_arrival_running():
    seen = seen_of(Facts.from_dict({"arrival": "2026-03", "i589_filed": True}), on=ON)
    assert seen.filing.arrival == seen.filing.running == seen.arrival

"""The clock of each kind of order: what may still be filed against it, until when, and how urgent that is.

A partial date is open while any of its days is, and near while any of its days is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from foundation.calendar import roll_back, roll_forward
from screening.rules.orders import Order, is_made_in_absence, is_replaced, may_be_replaced
from screening.rules.run import Mark, Run
from screening.rules.spans import Span

Marks = Iterator[Mark]


@dataclass(frozen=True)
class Due:
    """The last day to file against an order, counted from the first and from the last day it can have."""

    first: date
    last: date

    def is_open(self, on: date) -> bool:
        return on <= self.last

    def is_within(self, on: date, days: int) -> bool:
        """Tell whether it is open and some reading of it lies at most this many days off."""
        return self.is_open(on) and self.first <= on + timedelta(days=days)


def due_after(span: Span, days: int) -> Due:
    """Return the day some days after an order, on closed days the next open one (8 CFR 1.2, FRAP 26)."""
    return Due(_forward(span.first, days), _forward(span.last, days))


def _forward(day: date, days: int) -> date:
    return roll_forward(day + timedelta(days=days))


def final_days(order: Order, span: Span, appeal_days: int) -> Span:
    """Return the days on which a judge's order can have become final (8 CFR 1241.1, 1003.39).

    The day on which appeal was waived, which is the order's own unless a later one is told: nobody waives it
    before there is an order. Else the end of the time to appeal.
    """
    if order.decision.filed == "waived":
        told = order.received or span
        return Span(max(told.first, span.first), max(told.last, span.last))
    due = due_after(span, appeal_days)
    return Span(due.first, due.last)


def is_appealed(order: Order, appeal_days: int) -> bool:
    """Tell whether a receipt shows an appeal to the Board in time (8 CFR 1003.38(b))."""
    return order.span is not None and order.has_receipt(
        "appeal", until=due_after(order.span, appeal_days).first
    )


def may_be_appealed(order: Order, appeal_days: int) -> bool:
    """Tell whether some reading of its receipt shows an appeal in time: then nothing is said to be over."""
    return order.span is not None and order.may_have_receipt(
        "appeal", until=due_after(order.span, appeal_days).last
    )


def clock_marks(run: Run) -> Marks:
    """Yield what every order scores; PRIOR_DENIAL stands once, for all of them."""
    orders = run.seen.orders
    if orders:
        yield Mark("PRIOR_DENIAL", {"decisions": [order.decision.as_input() for order in orders]})
    for order in orders:
        if not is_replaced(order, orders) and not is_made_in_absence(order, orders):
            yield from _of_order(run, order)
    if run.facts.prior_order:
        yield from _prior_order(run, {"prior_order": True})


def _of_order(run: Run, order: Order) -> Marks:
    used = {"decision": order.decision.as_input()}
    if order.span is None or order.by == "unsure":
        points = run.tables.points["denial_unknown"]
        yield Mark("DENIAL_DATE_UNKNOWN", used, "clock", points, "denial_unknown", "HIGH")
    yield from BY[order.by](run, order, used)


def _judge(run: Run, order: Order, used: dict[str, Any]) -> Marks:
    """Ten days, rolled back, and thirty, rolled forward (8 CFR 1003.38(b), disputed); then the motions."""
    span, days, points = order.span, run.tables.days, run.tables.points
    if span is None:
        return
    if is_appealed(order, days["appeal_long"]):
        yield Mark("APPEAL_PENDING", used, "clock", points["appeal_pending"])
        return
    yield from _said_sent(order, used)
    due = due_after(span, days["appeal_long"])
    early = Due(*(roll_back(day + timedelta(days=days["appeal_short"])) for day in (span.first, span.last)))
    if order.decision.filed == "waived" or not due.is_open(run.on):
        unsure = may_be_appealed(order, days["appeal_long"]) or may_be_replaced(order, run.seen.orders)
        over = "" if unsure else "FINAL_ORDER_POSSIBLE"
        yield Mark(over, used | _both(early, due), "clock", points["appeal_gone"])
        yield from _reopen(run, order, used, final_days(order, span, days["appeal_long"]))
        return
    near = early.is_open(run.on) or due.is_within(run.on, days["appeal_near"])
    urgent = ("appeal_near", "CRITICAL") if near else ("appeal_open", "HIGH")
    yield Mark("APPEAL_WINDOW_OPEN", used | _both(early, due), "clock", points[urgent[0]], *urgent)
    yield Mark("BIA_DEADLINE_DISPUTED", used | _both(early, due))


def _both(early: Due, late: Due) -> dict[str, str]:
    return {"early": early.first.isoformat(), "late": late.last.isoformat()}


def _said_sent(order: Order, used: dict[str, Any]) -> Marks:
    """What is said to be filed, without a receipt in time, stops nothing."""
    if order.decision.filed in ("appeal", "motion", "petition"):
        yield Mark("APPEAL_SAID_SENT", used)


def _reopen(run: Run, order: Order, used: dict[str, Any], final: Span) -> Marks:
    """A motion to reopen, from the day the order became final (8 CFR 1003.23(b)(1), 1003.2(c)(2))."""
    due = due_after(final, run.tables.days["reopen"])
    if due.is_open(run.on) and not order.has_receipt("motion", until=due.first):
        yield Mark(
            "REOPEN_OPEN",
            {**used, "reopen": due.last.isoformat()},
            "clock",
            run.tables.points["reopen_open"],
            "reopen_open",
            "HIGH",
        )


def _absentia(run: Run, order: Order, used: dict[str, Any]) -> Marks:
    """An order made in absence can be carried out at once; the motion itself stays removal.

    180 days for exceptional circumstances; for lack of notice or custody at any time (INA 240(b)(5)(C)).
    """
    due = due_after(order.span, run.tables.days["in_absentia"]) if order.span else None
    near = due is not None and due.is_within(run.on, run.tables.days["in_absentia_near"])
    band = "CRITICAL" if near else "HIGH"
    yield Mark("IN_ABSENTIA", used, "clock", run.tables.points["in_absentia"], "in_absentia", band)
    if due and not order.has_receipt("motion", until=due.first):
        yield from _said_sent(order, used)
        if due.is_open(run.on):
            points = run.tables.points["reopen_open"]
            yield Mark("REOPEN_OPEN", {**used, "reopen": due.last.isoformat()}, "clock", points)


def _board(run: Run, order: Order, used: dict[str, Any]) -> Marks:
    """Thirty days to the court of appeals, to the day (8 USC 1252(b)(1)); then the motion to reopen."""
    if order.span is None:
        return
    yield from _petition(run, order, order.span, used)
    if not due_after(order.span, run.tables.days["pfr"]).is_open(run.on):
        yield Mark("FINAL_ORDER_POSSIBLE", used, "clock", run.tables.points["appeal_gone"])
        yield from _reopen(run, order, used, order.span)


def _petition(run: Run, order: Order, span: Span, used: dict[str, Any]) -> Marks:
    days, points = run.tables.days, run.tables.points
    due = due_after(span, days["pfr"])
    if order.has_receipt("petition", until=due.first):
        yield Mark("APPEAL_PENDING", used, "clock", points["appeal_pending"])
        return
    yield from _said_sent(order, used)
    near = days["pfr_near"] if run.has_lawyer() else days["pfr_near_alone"]
    if due.is_open(run.on):
        urgent = ("pfr_near", "CRITICAL") if due.is_within(run.on, near) else ("pfr_open", "HIGH")
        yield Mark("PFR_OPEN", {**used, "pfr": due.last.isoformat()}, "clock", points[urgent[0]], *urgent)


def _dhs(run: Run, order: Order, used: dict[str, Any]) -> Marks:
    """Administrative removal, reinstatement, expedited removal: the days run from this order.

    Riley v. Bondi (U.S. 26 June 2025) for administrative removal; courts differ on reinstatement.
    """
    yield from _prior_order(run, used)
    if order.span:
        yield from _petition(run, order, order.span, used)


def _prior_order(run: Run, used: dict[str, Any]) -> Marks:
    """An order of removal that stands may leave withholding alone (8 CFR 1208.31(e)): for a lawyer."""
    yield Mark("PRIOR_ORDER", used, floor="prior_order", band="CRITICAL" if run.is_held() else "HIGH")


def _officer(run: Run, order: Order, used: dict[str, Any]) -> Marks:
    """A no of an officer may be a referral, a fear finding or an order of DHS: which paper is it?"""
    points, span = run.tables.points, order.span
    if span and (run.on - span.last).days > run.tables.days["officer_recent"]:
        yield Mark("DENIED_BY_OFFICER", used, "clock", points["officer_long_ago"])
        return
    band = "CRITICAL" if run.is_held() or run.facts.fear_screening else "HIGH"
    yield Mark("DENIED_BY_OFFICER", used, "clock", points["officer_recent"], "officer", band)


def _unsure(run: Run, order: Order, used: dict[str, Any]) -> Marks:
    yield from ()


BY: dict[str, Callable[[Run, Order, dict[str, Any]], Marks]] = {
    "judge": _judge,
    "absentia": _absentia,
    "board": _board,
    "dhs": _dhs,
    "officer": _officer,
    "unsure": _unsure,
}

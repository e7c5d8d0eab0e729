"""What the rows of orders start with: each order that still has a row, with the days it became final."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from cases.rules.known import Known
from cases.rules.trigger import PARTIAL, Trigger
from foundation.calendar import PartialDate
from screening.data import tables
from screening.rules.clocks import final_days, is_appealed, may_be_appealed
from screening.rules.orders import Order, is_made_in_absence, is_replaced, may_be_replaced
from screening.rules.spans import Span

PENDING = "No motion while the appeal is pending: it counts from the Board's decision."
MAYBE_DHS = (
    "Only if this is a DHS removal or reinstatement order (Riley v. Bondi): find out which paper it is."
)


class Dated(NamedTuple):
    """An order whose date is known, at least in part, and the days it can mean."""

    order: Order
    date: PartialDate
    span: Span


def appealable(known: Known) -> Iterator[Trigger]:
    """Yield each judge's decision that can still go to the Board: nothing filed in time, and not waived."""
    for dated in _dated(known, ("judge",)):
        if dated.order.decision.filed != "waived" and not _is_appealed(dated.order):
            yield _trigger(dated)


def final_orders(by: Collection[str], known: Known) -> Iterator[Trigger]:
    """Yield each order a motion can be filed against.

    A judge's becomes final later than it is made (8 CFR 1241.1, 1003.39); while the Board has it, there is
    no motion and no day.
    """
    days = tables().days["appeal_long"]
    for dated in _dated(known, by):
        trigger = _trigger(dated)
        if dated.order.by != "judge":
            yield trigger
        elif _is_appealed(dated.order):
            yield trigger._replace(span=None, notes=(PENDING,))
        else:
            yield trigger._replace(final=final_days(dated.order, dated.span, days))


def absences(known: Known) -> Iterator[Trigger]:
    """Yield each order made in absence."""
    yield from map(_trigger, _dated(known, ("absentia",)))


def dhs_orders(known: Known) -> Iterator[Trigger]:
    """Yield each order of DHS, and each decision of an officer, which may be one."""
    for dated in _dated(known, ("dhs", "officer")):
        trigger = _trigger(dated)
        is_officers = dated.order.by == "officer"
        yield trigger._replace(notes=(*trigger.notes, MAYBE_DHS)) if is_officers else trigger


def _dated(known: Known, by: Collection[str]) -> Iterator[Dated]:
    """Yield the dated orders of these kinds that another does not stand in place of."""
    orders = known.seen.orders
    for order in orders:
        date, span = order.decision.date, order.span
        if order.by not in by or date is None or span is None or is_replaced(order, orders):
            continue
        if not is_made_in_absence(order, orders, maybe=True):
            yield Dated(order, date, span)


def _is_appealed(order: Order) -> bool:
    return is_appealed(order, tables().days["appeal_long"])


def is_over_for_some(order: Order | None, orders: Collection[Order]) -> bool:
    """Tell whether a row of a judge's order that has gone by stays unsaid.

    Its appeal may have come in time, or the Board may have decided since.
    """
    if order is None or order.by != "judge":
        return False
    return may_be_appealed(order, tables().days["appeal_long"]) or may_be_replaced(order, orders)


def _trigger(dated: Dated) -> Trigger:
    order, date, span = dated
    return Trigger(
        span,
        {"decision": order.decision.as_input()},
        () if date.is_exact else (PARTIAL,),
        subject=f"{order.by}:{date.isoformat()}",
        order=order,
    )

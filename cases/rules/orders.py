"""What the rows of orders start with: each order that still has a row, with the days it became final."""

from collections.abc import Collection, Iterator

from cases.rules.known import Known
from cases.rules.trigger import PARTIAL, Trigger
from screening.data import tables
from screening.rules.clocks import final_days, is_appealed, may_be_appealed
from screening.rules.orders import Order, is_made_in_absence, is_replaced, may_be_replaced

PENDING = "No motion while the appeal is pending: it counts from the Board's decision."
MAYBE_DHS = (
    "Only if this is a DHS removal or reinstatement order (Riley v. Bondi): find out which paper it is."
)


def appealable(known: Known) -> Iterator[Trigger]:
    """Yield each judge's decision that can still go to the Board: nothing filed in time, and not waived."""
    for order in _orders(known, ("judge",)):
        if order.decision.filed != "waived" and not _is_appealed(order):
            yield _trigger(order)


def final_orders(by: Collection[str], known: Known) -> Iterator[Trigger]:
    """Yield each order a motion can be filed against.

    A judge's becomes final later than it is made (8 CFR 1241.1, 1003.39); while the Board has it, there is
    no motion and no day.
    """
    for order in _orders(known, by):
        if order.by != "judge":
            yield _trigger(order)
        elif _is_appealed(order):
            yield Trigger(None, _inputs(order), (PENDING,), subject=_subject(order), order=order)
        else:
            yield _trigger(order, is_judges=True)


def absences(known: Known) -> Iterator[Trigger]:
    """Yield each order made in absence."""
    yield from map(_trigger, _orders(known, ("absentia",)))


def dhs_orders(known: Known) -> Iterator[Trigger]:
    """Yield each order of DHS, and each decision of an officer, which may be one."""
    for order in _orders(known, ("dhs", "officer")):
        yield _trigger(order, note=MAYBE_DHS if order.by == "officer" else "")


def _orders(known: Known, by: Collection[str]) -> Iterator[Order]:
    """Yield the dated orders of these kinds that another does not stand in place of."""
    orders = known.seen.orders
    for order in orders:
        if order.by not in by or order.span is None or is_replaced(order, orders):
            continue
        if not is_made_in_absence(order, orders, maybe=True):
            yield order


def _is_appealed(order: Order) -> bool:
    return is_appealed(order, tables().days["appeal_long"])


def is_over_for_some(order: Order | None, orders: Collection[Order]) -> bool:
    """Tell whether a row of a judge's order that has gone by stays unsaid.

    Its appeal may have come in time, or the Board may have decided since.
    """
    if order is None or order.by != "judge":
        return False
    return may_be_appealed(order, tables().days["appeal_long"]) or may_be_replaced(order, orders)


def _trigger(order: Order, *, is_judges: bool = False, note: str = "") -> Trigger:
    date = order.decision.date
    partial = (PARTIAL,) if date and not date.is_exact else ()
    return Trigger(
        order.span,
        _inputs(order),
        (*partial, *([note] if note else ())),
        final=final_days(order, order.span, tables().days["appeal_long"])
        if is_judges and order.span
        else None,
        subject=_subject(order),
        order=order,
    )


def _inputs(order: Order) -> dict[str, object]:
    return {"decision": order.decision.as_input()}


def _subject(order: Order) -> str:
    date = order.decision.date
    return f"{order.by}:{date.isoformat() if date else ''}"

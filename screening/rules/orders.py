"""The orders and refusals of one person, each with the days its date can mean, and how they hang together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from foundation.calendar import PartialDate
from screening.rules.decisions import Decision
from screening.rules.spans import Span, happened


@dataclass(frozen=True)
class Order:
    """One decision as of a day: `span` None where its day is not known; `received` of what was filed."""

    decision: Decision
    span: Span | None
    received: Span | None = None

    @property
    def by(self) -> str:
        return self.decision.by

    def is_on_or_after(self, day: date) -> bool:
        """Tell whether it was made that day or later, by every reading of its date."""
        return self.span is not None and self.span.first >= day

    def has_receipt(self, filed: str, *, until: date) -> bool:
        """Tell whether a receipt shows that something was filed against it in time, by every reading."""
        return (
            self.decision.filed == filed
            and self.span is not None
            and self.received is not None
            and self.span.last <= self.received.first
            and self.received.last <= until
        )

    def may_have_receipt(self, filed: str, *, until: date) -> bool:
        """Tell whether a receipt may show that something was filed against it in time, by some reading."""
        return (
            self.decision.filed == filed
            and self.span is not None
            and self.received is not None
            and self.span.first <= self.received.last
            and self.received.first <= until
        )


def orders_of(
    decisions: Iterable[Decision],
    *,
    on: date,
    denial_date: PartialDate | None = None,
    prior_denial: bool = False,
    in_absentia: bool = False,
) -> tuple[Order, ...]:
    """Return every decision once. The older facts say less: a judge's date, a denial or an absence alone."""
    found = list(decisions)
    if denial_date:
        found.append(Decision(denial_date, "judge"))
    if in_absentia and not any(one.by == "absentia" for one in found):
        found.append(Decision(None, "absentia"))
    if prior_denial and not found:
        found.append(Decision(None, "unsure"))
    if not found:
        return ()
    once: dict[tuple[str, PartialDate | None], Decision] = {}
    for one in found:
        known = once.setdefault((one.by, one.date), one)
        once[one.by, one.date] = _both(known, one)
    return tuple(_order(one, on=on) for one in once.values())


def _both(one: Decision, other: Decision) -> Decision:
    """Return one decision that was told twice: what only one of the two says is kept."""
    return replace(
        one,
        asylum_merits=other.asylum_merits if one.asylum_merits is None else one.asylum_merits,
        filed=one.filed or other.filed,
        filed_received=one.filed_received or other.filed_received,
    )


def _order(decision: Decision, *, on: date) -> Order:
    received = decision.filed_received
    return Order(
        decision,
        happened(decision.date, on=on) if decision.date else None,
        happened(received, on=on) if received else None,
    )


def is_replaced(order: Order, orders: Iterable[Order]) -> bool:
    """Tell whether the Board decided on or after a judge's order: then its own decision is what counts."""
    if order.by != "judge" or order.span is None:
        return False
    day = order.span.last
    return any(other.by == "board" and other.is_on_or_after(day) for other in orders)


def may_be_replaced(order: Order, orders: Collection[Order]) -> bool:
    """Tell whether another decision stands in place of a judge's order by some reading of the dates.

    The Board's, or the one made in absence; then nothing of it is said to be over.
    """
    if order.by != "judge" or order.span is None:
        return False
    first = order.span.first
    boards = [other.span for other in orders if other.by == "board" and other.span]
    return any(span.last >= first for span in boards) or is_made_in_absence(order, orders, maybe=True)


def is_made_in_absence(order: Order, orders: Iterable[Order], *, maybe: bool = False) -> bool:
    """Tell whether a judge's entry is the order made in absence, which nobody can appeal (ICPM 5.9(d)).

    By every reading of both dates; `maybe`: one day that lies in both is enough.
    """
    span = order.span
    if order.by != "judge" or span is None:
        return False
    absences = [other.span for other in orders if other.by == "absentia" and other.span]
    if maybe:
        return any(span.meets(other) for other in absences)
    return any(span == other and span.is_exact for other in absences)

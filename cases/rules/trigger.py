"""What one row of deadlines.csv starts with."""

from typing import Any, NamedTuple

from cases.rules.facts import Stop
from foundation.calendar import PartialDate
from screening.rules.orders import Order
from screening.rules.spans import Span, span_of

PARTIAL = "Only a part of this date is known: the first day it can mean is used, and the last is beside it."
LEAP_DAY = "29 February counts to 28 February (office policy): no rule was found."


class Trigger(NamedTuple):
    """The days a row is counted from, or None where only a court says; the facts used; what to add in words.

    `stops` of a clock that does not always run. `final`: the days on which an order can have become final,
    from which its last day is counted. `subject` tells rows of one key apart: which order, which child.
    """

    span: Span | None
    inputs: dict[str, Any]
    notes: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()
    final: Span | None = None
    subject: str = ""
    order: Order | None = None


def from_day(day: PartialDate, inputs: dict[str, Any]) -> Trigger:
    """Return the trigger of a date that may lie ahead or behind."""
    return Trigger(span_of(day), inputs, () if day.is_exact else (PARTIAL,))

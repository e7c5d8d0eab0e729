"""What the facts say as of a day: every date as the days it can mean, and what cannot be so refused."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from foundation.calendar import PartialDate
from screening.rules.decisions import Decision
from screening.rules.filing import Filing, filing_of
from screening.rules.orders import Order, orders_of
from screening.rules.spans import Span, birthdays, born_at, happened

ADULT, GROWN = 18, 21
# The screening's older words for a denial.
OLDER = ("denial_date", "prior_denial", "in_absentia")
# What can only have happened already.
HAPPENED = ("arrival", "birth_date", "denial_date", "i589_received", "i485_received")


class Seen(NamedTuple):
    """The spans behind the rules, cut at today. `born` from the birth date, or else from the age.

    `refused` names facts of which every day lies ahead: they count as not known. `filing`: what the papers
    of the I-589 show.
    """

    on: date
    arrival: Span | None
    born: Span | None
    received: Span | None
    granted: Span | None
    adjusting: Span | None
    children: tuple[Span, ...]
    orders: tuple[Order, ...]
    refused: tuple[str, ...]
    filing: Filing

    @property
    def may_be_minor(self) -> bool:
        """Tell whether some reading of the birth date is under 18 today."""
        return self.may_be_under(ADULT)

    @property
    def may_be_adult(self) -> bool:
        """Tell whether some reading of the birth date is 18 or over today."""
        return self.born is not None and birthdays(self.born, ADULT).first <= self.on

    def may_be_under(self, age: int) -> bool:
        """Tell whether some reading of the birth date is under an age today, where anything is known."""
        return self.born is not None and birthdays(self.born, age).last > self.on


def seen_of(facts: Any, *, on: date) -> Seen:
    """Return what the facts say as of a day: the screening's, or the deadline engine's of the same names.

    Nobody tells the dates an age, nor the older words for a denial.
    """
    told = {name: day for name in HAPPENED if (day := getattr(facts, name, None))}
    spans = {name: happened(day, on=on) for name, day in told.items()}
    granted = happened(facts.granted.date, on=on) if facts.granted else None
    children = tuple(span for born in facts.children if (span := happened(born, on=on)))
    older = {name: getattr(facts, name) for name in OLDER if hasattr(facts, name)}
    arrival, received = spans.get("arrival"), spans.get("i589_received")
    return Seen(
        on=on,
        arrival=arrival,
        born=spans.get("birth_date") or _born_at(getattr(facts, "age", None), on=on),
        received=received,
        granted=granted,
        adjusting=spans.get("i485_received"),
        children=children,
        orders=orders_of(facts.all_decisions, on=on, **older),
        refused=(*(name for name, span in spans.items() if span is None), *_refused(facts, on=on)),
        filing=_filing(facts.i589_returned, arrival, received, on=on),
    )


def _filing(told: PartialDate | bool, arrival: Span | None, received: Span | None, *, on: date) -> Filing:
    """Return what the papers show; a return of which every day lies ahead is none."""
    if isinstance(told, bool):
        return filing_of(arrival, received, None, is_returned=told)
    returned = happened(told, on=on)
    return filing_of(arrival, received, returned, is_returned=returned is not None)


def _born_at(age: float | None, *, on: date) -> Span | None:
    return None if age is None else born_at(age, on=on)


def _refused(facts: Any, *, on: date) -> Iterator[str]:
    """Yield the names of facts that hold more than a day, of which every day lies ahead."""
    if isinstance(facts.i589_returned, PartialDate) and _is_ahead(facts.i589_returned, on=on):
        yield "i589_returned"
    if facts.granted and _is_ahead(facts.granted.date, on=on):
        yield "granted"
    if any(_is_ahead(born, on=on) for born in facts.children):
        yield "children"
    if any(_is_dated_ahead(one, on=on) for one in facts.all_decisions):
        yield "decisions"


def _is_ahead(day: PartialDate | None, *, on: date) -> bool:
    return day is not None and day.first_day() > on


def _is_dated_ahead(one: Decision, *, on: date) -> bool:
    return _is_ahead(one.date, on=on) or _is_ahead(one.filed_received, on=on)

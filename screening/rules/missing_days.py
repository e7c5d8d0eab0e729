"""Which day was it? The rules run again with each day a partial date can mean."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from foundation.calendar import PartialDate
from screening.rules import Assessment
from screening.rules.facts import Facts, Grant
from screening.rules.seen import HAPPENED
from screening.rules.spans import Span, happened, span_of

AHEAD = (
    *("individual_hearing", "master_hearing", "asylum_interview", "checkin", "notice_due"),
    *("i589_callup", "status_end"),
)
# Facts whose day a rule reads without naming it beside a code.
ALWAYS = {"denial_date", "decisions", "i589_returned", "granted"}
Assess = Callable[[Facts], Assessment]


@dataclass(frozen=True)
class Days:
    """Consecutive days of a partial date that come to the same outcome and band, with their highest score."""

    first: date
    last: date
    outcome: str
    band: str
    score: int


@dataclass(frozen=True)
class PartKnown:
    """A partial date of the facts: its name, its words ("2025-11"), the days it can mean."""

    fact: str
    text: str
    span: Span
    put: Callable[[date], Facts]


def partial_dates(facts: Facts, now: Assessment, *, on: date) -> Iterator[PartKnown]:
    """Yield the partial dates that a rule used."""
    used = {name for finding in now.findings for name in finding.inputs} | ALWAYS
    used |= {"birth_date"} if facts.uac else set()
    for name in (*HAPPENED, "i589_returned", *AHEAD):
        value = getattr(facts, name)
        if name in used and isinstance(value, PartialDate) and not value.is_exact:
            span = span_of(value) if name in AHEAD else happened(value, on=on)
            if span:
                yield PartKnown(name, value.isoformat(), span, _putting(facts, name))
    yield from _of_decisions(facts, on=on)
    if facts.granted and not facts.granted.date.is_exact and (span := happened(facts.granted.date, on=on)):
        yield PartKnown("granted", facts.granted.date.isoformat(), span, _granting(facts, facts.granted))


def _putting(facts: Facts, name: str) -> Callable[[date], Facts]:
    def put(day: date) -> Facts:
        changes: dict[str, Any] = {name: whole(day)}
        return facts._replace(**changes)

    return put


def _granting(facts: Facts, grant: Grant) -> Callable[[date], Facts]:
    def put(day: date) -> Facts:
        return facts._replace(granted=replace(grant, date=whole(day)))

    return put


def _of_decisions(facts: Facts, *, on: date) -> Iterator[PartKnown]:
    """Yield the partial dates of decisions, and of the receipts of what was filed against them."""
    for place, decision in enumerate(facts.decisions):
        for name in ("date", "filed_received"):
            day: PartialDate | None = getattr(decision, name)
            span = happened(day, on=on) if day and not day.is_exact else None
            if day and span:
                yield PartKnown("decisions", day.isoformat(), span, _deciding(facts, place, name))


def _deciding(facts: Facts, place: int, name: str) -> Callable[[date], Facts]:
    def put(day: date) -> Facts:
        found = list(facts.decisions)
        changes: dict[str, Any] = {name: whole(day)}
        found[place] = replace(found[place], **changes)
        return facts._replace(decisions=tuple(found))

    return put


def whole(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def runs_of(part: PartKnown, assess: Assess) -> list[Days]:
    """Return the days of a partial date, those that come to the same together, in their order."""
    each = []
    for n in range(part.span.days):
        day = part.span.first + timedelta(days=n)
        each.append((day, assess(part.put(day))))
    runs = (list(run) for _same, run in groupby(each, key=lambda one: (one[1].outcome, one[1].band)))
    return [
        Days(run[0][0], run[-1][0], run[0][1].outcome, run[0][1].band, max(one.score for _day, one in run))
        for run in runs
    ]

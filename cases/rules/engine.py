"""The deadline engine: facts in, a dated list out."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cases.data import Rule, deadline_rules
from cases.rules.counting import Counted, count, move_past_stops
from cases.rules.facts import DeadlineFacts
from cases.rules.triggers import BIRTHDAYS, Trigger, trigger_of

CLOCK_STANDS = "A stop of the clock is still open: no day can be named."
CLOCK_STOPPED = "Days inside a stop of the clock do not count."


@dataclass(frozen=True)
class DueDate:
    """One date. `unmoved_date` is the date before a weekend or holiday moved it; `date` is None where only
    a court can set it or a clock stands still. `status` is ahead, today, passed or open_ended. Where the day
    tells a birthday (`is_birthday`) it is kept as carefully as one."""

    key: str
    name: str
    date: datetime.date | None
    unmoved_date: datetime.date | None
    rule: str
    citation: str
    confidence: str
    status: str
    audience: str = "staff"
    inputs: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    is_birthday: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return what the `deadlines` command prints of it."""
        return {
            "key": self.key,
            "name": self.name,
            "date": self.date.isoformat() if self.date else None,
            "unmoved_date": self.unmoved_date.isoformat() if self.unmoved_date else None,
            "rule": self.rule,
            "citation": self.citation,
            "inputs": self.inputs,
            "confidence": self.confidence,
            "audience": self.audience,
            "status": self.status,
            "note": self.note,
        }


def deadlines(facts: DeadlineFacts, *, on: date, of: Mapping[str, Rule] | None = None) -> list[DueDate]:
    """Return every date that applies, sorted by date, those without one last.

    `of` are the rules to use instead of those in cases/data, to try a change before making it.
    """
    rules = (of or deadline_rules()).values()
    found = [due for rule in rules if (due := _due(rule, facts, on=on))]
    return in_order(found)


def in_order(found: Iterable[DueDate]) -> list[DueDate]:
    return sorted(found, key=lambda due: (due.date or date.max, due.key))


def status_of(day: date | None, *, on: date) -> str:
    """Return where a date lies on a day; open_ended where there is none."""
    if day is None:
        return "open_ended"
    if day > on:
        return "ahead"
    return "today" if day == on else "passed"


def _due(rule: Rule, facts: DeadlineFacts, *, on: date) -> DueDate | None:
    """Return what one rule comes to, or None where it has no place and no judge set a date for it."""
    trigger = trigger_of(rule, facts)
    ordered = sorted(each.date for each in facts.judge_dates if each.replaces == rule.key)
    if trigger is None and not ordered:
        return None
    due = _by_rule(rule, trigger or Trigger(None, {}), on=on)
    return _by_judge(due, ordered, on=on) if ordered else due


def _by_rule(rule: Rule, trigger: Trigger, *, on: date) -> DueDate:
    """Put a counted date into the words of its rule."""
    counted = _counted(rule, trigger)
    day = counted.moved if counted else None
    return DueDate(
        key=rule.key,
        name=rule.name,
        date=day,
        unmoved_date=counted.unmoved if counted else None,
        rule=rule.counting,
        citation=rule.citation,
        confidence=rule.confidence,
        status=status_of(day, on=on),
        audience=rule.audience,
        inputs=trigger.inputs,
        note=" ".join(filter(None, (*trigger.notes, *_notes(rule, trigger, counted), rule.note))),
        is_birthday=rule.starts_with in BIRTHDAYS,
    )


def _counted(rule: Rule, trigger: Trigger) -> Counted | None:
    """Count a row from its trigger; None where only a court says, or while a clock stands still."""
    if trigger.day is None:
        return None
    if not trigger.stops:
        return count(rule, trigger.day)
    day = move_past_stops(count(rule, trigger.day).unmoved, trigger.day, trigger.stops)
    return Counted(day, day) if day else None


def _notes(rule: Rule, trigger: Trigger, counted: Counted | None) -> Iterator[str]:
    if trigger.stops:
        yield CLOCK_STOPPED if counted else CLOCK_STANDS
    start = rule.figure.effective_from
    if start and trigger.day and trigger.day < start:
        yield f"The rule is dated from {start}, what starts it is earlier: check which rule governed."


def _by_judge(due: DueDate, ordered: list[date], *, on: date) -> DueDate:
    """Let the judge's date win, and say what the rule alone would give; of several, the earliest is safe."""
    day = ordered[0]
    alone = f" The rule alone gives {due.date}." if due.date else ""
    several = f" Other dates were set too: {', '.join(map(str, ordered[1:]))}." if ordered[1:] else ""
    return replace(
        due,
        date=day,
        unmoved_date=day,
        rule=f"the date the judge set, in place of: {due.rule}",
        citation=f"the judge's order, in place of: {due.citation}",
        confidence="as told",
        status=status_of(day, on=on),
        inputs={**due.inputs, "judge_dates": [each.isoformat() for each in ordered]},
        note=f"The judge set this date.{alone}{several}",
    )

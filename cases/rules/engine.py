"""The deadline engine: facts in, a dated list out."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from cases.data import NEVER_PASSED, Checked, Rule, Rules, deadline_rules, fee_on
from cases.rules.counting import Counted, count, move_past_stops, unmoved_from
from cases.rules.facts import JUDGE_MOVES, DeadlineFacts, JudgeDate
from cases.rules.known import Known, known_of
from cases.rules.orders import is_over_for_some
from cases.rules.trigger import Trigger
from cases.rules.triggers import BIRTHDAYS, STARTS, starts_known, triggers_of
from screening.rules.run import NOTHING
from screening.rules.seen import Seen

CLOCK_STANDS = "A stop of the clock is still open: no day can be named."
CLOCK_STOPPED = "Days inside a stop of the clock do not count."


class DueDate(NamedTuple):
    """One date. `date` counts from the first day its fact can mean, `latest` from the last, on the later
    reading of a closed day; `unmoved_date` is `date` before a closed day moved it, `safe` the open day before
    that, where the text moves it forward. `date` and `latest` are None where only a court can set them or a
    clock stands still.

    `kind` is last_day, safe_day, first_day, other_side, or event (something to come to); `status` is ahead,
    today, may_be_passed, passed, gone_by or open_ended. `span_days` is how many days the fact can mean.
    `subject` tells rows of one key apart. Where the day tells a birthday (`is_birthday`) it is kept as
    carefully as one. `notes` are sentences, of which some may be empty. `row` is the row of data that made
    it; None of a date people were told.
    """

    key: str
    name: str
    date: datetime.date | None
    unmoved_date: datetime.date | None
    rule: str
    citation: str
    confidence: str
    status: str = "open_ended"
    audience: str = "staff"
    inputs: Mapping[str, Any] = NOTHING
    notes: tuple[str, ...] = ()
    is_birthday: bool = False
    latest: datetime.date | None = None
    kind: str = "last_day"
    safe: datetime.date | None = None
    span_days: int = 1
    subject: str = ""
    row: Rule | None = None

    @property
    def is_live(self) -> bool:
        """Tell whether something may still be done by it."""
        return self.status in ("ahead", "today", "may_be_passed")

    @property
    def note(self) -> str:
        return " ".join(filter(None, self.notes))

    @property
    def checked(self) -> Checked | None:
        return self.row.checked if self.row else None

    @property
    def fees(self) -> list[tuple[str, int | None]]:
        """The fees of this filing on its day, as (what for, whole dollars); None where no row says."""
        if self.row is None or self.date is None:
            return []
        found = [(key, fee_on(key, self.date)) for key in self.row.fees]
        return [(fee.name, fee.amount_usd) if fee else (key, None) for key, fee in found]

    def as_dict(self) -> dict[str, Any]:
        """Return what the `deadlines` command prints of it."""
        return {
            "key": self.key,
            "name": self.name,
            "kind": self.kind,
            "date": _iso(self.date),
            "latest": _iso(self.latest),
            "unmoved_date": _iso(self.unmoved_date),
            "safe": _iso(self.safe),
            "rule": self.rule,
            "citation": self.citation,
            "inputs": self.inputs,
            "confidence": self.confidence,
            "audience": self.audience,
            "status": self.status,
            "note": self.note,
            **self._about(),
        }

    def _about(self) -> dict[str, Any]:
        """Return what the row says of itself: where it stands, who checked it, how it must be filed."""
        row, checked = self.row, self.checked
        if row is None:
            return {}
        return {
            "source": row.source,
            "checked_on": _iso(checked.on) if checked else None,
            "checked_by": checked.by if checked else None,
            "checked_against": checked.against if checked else None,
            "filed_when": row.filed_when,
            "applies_when": row.applies_when,
            "file_where": row.file_where,
            "fees": [{"name": name, "amount_usd": amount} for name, amount in self.fees],
            "no_filing": row.no_filing,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def deadlines(facts: DeadlineFacts, *, on: date, of: Mapping[str, Rule] | None = None) -> list[DueDate]:
    """Return every date that applies, the nearest live one first; several of a key where several start it.

    `of` are the rules to use instead of those in cases/data, to try a change before making it.
    """
    return in_order(counted(facts, on=on, of=of), on=on)


def counted(
    facts: DeadlineFacts, *, on: date, of: Mapping[str, Rule] | None = None, seen: Seen | None = None
) -> list[DueDate]:
    """Return every date that applies, in no order; `seen` where the screening has looked at the facts."""
    known = known_of(facts, on=on, seen=seen)
    rules = deadline_rules() if of is None else Rules(of)
    judged = rules.keys() & {each.replaces for each in facts.judge_dates}.intersection(JUDGE_MOVES)
    found: list[DueDate] = []
    for start in starts_known(known) | {rules[key].starts_with for key in judged}:
        triggers = list(STARTS[start](known))
        for rule in rules.by_start.get(start, ()):
            if rule.key in judged:
                found += _judged(rule, triggers, known)
            else:
                made = ((_by_rule(rule, each, known), each) for each in triggers_of(rule, triggers, known))
                found += [due for due, trigger in made if not _is_over_for_some(due, trigger, known)]
    return found


def in_order(found: Iterable[DueDate], *, on: date) -> list[DueDate]:
    """Sort what has not gone by by the day it counts for, then the rest by date; ties by key."""
    return sorted(found, key=lambda due: _place(due, on))


def _place(due: DueDate, on: date) -> tuple[Any, ...]:
    is_over, day = due.status in OVER, due.date or date.max
    return is_over, day if is_over else max(day, on), due.key, due.latest, due.subject


def status_of(day: date | None, *, on: date, kind: str, key: str, latest: date | None = None) -> str:
    """Return where a date lies on a day; open_ended where there is none."""
    if day is None:
        return "open_ended"
    if day > on:
        return "ahead"
    if day == on:
        return "today"
    if on <= (latest or day):
        return "may_be_passed"
    return "passed" if kind == "last_day" and key not in NEVER_PASSED else "gone_by"


def with_status(due: DueDate, *, on: date) -> DueDate:
    """Return a date with where it lies on a day."""
    return due._replace(status=status_of(due.date, on=on, kind=due.kind, key=due.key, latest=due.latest))


def _judged(rule: Rule, triggers: list[Trigger], known: Known) -> Iterator[DueDate]:
    """Yield what one rule and a judge's date come to; the judge's alone where the rule has no place."""
    ordered = [each for each in known.facts.judge_dates if each.replaces == rule.key]
    for trigger in list(triggers_of(rule, triggers, known)) or [Trigger(None, {})]:
        yield _by_judge(_by_rule(rule, trigger, known), ordered, on=known.on)


def _is_over_for_some(due: DueDate, trigger: Trigger, known: Known) -> bool:
    """What a receipt may have met in time, by some reading of its day, is not said to be over."""
    if due.status not in OVER:
        return False
    if due.row is not None and due.row.is_met_by_filing:
        return known.filing.may_be_filed
    return is_over_for_some(trigger.order, known.seen.orders)


OVER = ("passed", "gone_by")


def _by_rule(rule: Rule, trigger: Trigger, known: Known) -> DueDate:
    """Put a counted date into the words of its rule."""
    counted = _counted(rule, trigger)
    day, latest = (counted.moved, counted.latest) if counted else (None, None)
    due = DueDate(
        key=rule.key,
        name=rule.name,
        date=day,
        unmoved_date=counted.unmoved if counted else None,
        rule=rule.counting,
        citation=rule.citation,
        confidence=rule.confidence,
        audience=rule.audience,
        inputs=trigger.inputs,
        notes=(*trigger.notes, *_notes(rule, trigger, counted), rule.note),
        is_birthday=rule.starts_with in BIRTHDAYS,
        latest=latest,
        kind=rule.kind,
        safe=counted.safe if counted else None,
        span_days=trigger.span.days if trigger.span else 1,
        subject=trigger.subject,
        row=rule,
    )
    return with_status(due, on=known.on)


def _counted(rule: Rule, trigger: Trigger) -> Counted | None:
    """Count a row from its trigger; None where only a court says, or while a clock stands still."""
    span = trigger.span
    if span is None:
        return None
    if not trigger.stops:
        return count(rule, span.first, trigger.final.last if trigger.final else span.last)
    day, last = (
        move_past_stops(unmoved_from(rule, start), start, trigger.stops) for start in (span.first, span.last)
    )
    return Counted(day, day, last or day) if day else None


def _notes(rule: Rule, trigger: Trigger, counted: Counted | None) -> Iterator[str]:
    if trigger.stops:
        yield CLOCK_STOPPED if counted else CLOCK_STANDS
    start = rule.figure.effective_from
    if start and trigger.span and trigger.span.first < start:
        yield f"The rule is dated from {start}, what starts it is earlier: check which rule governed."


def _by_judge(due: DueDate, ordered: list[JudgeDate], *, on: date) -> DueDate:
    """Let a judge's date win: an earlier one than the rule's at once, a later one once the order is on file.

    Of several the earliest is safe. One that does not win is named beside the rule's date.
    """
    days = sorted(each.date for each in ordered)
    wins = sorted(each.date for each in ordered if each.on_file or due.date is None or each.date < due.date)
    inputs = {**due.inputs, "judge_dates": [each.isoformat() for each in days]}
    if not wins:
        told = f"A judge's date was told without the order on file: {_listed(days)}. Until it is there, work"
        return due._replace(inputs=inputs, notes=(f"{told} to this one.", *due.notes))
    day, others = wins[0], [each for each in days if each != wins[0]]
    alone = f" The rule alone gives {due.date}." if due.date else ""
    several = f" Other dates were set too: {_listed(others)}." if others else ""
    judged = due._replace(
        date=day,
        latest=day,
        unmoved_date=day,
        safe=None,
        rule=f"the date the judge set, in place of: {due.rule}",
        citation=f"the judge's order, in place of: {due.citation}",
        confidence="as told",
        inputs=inputs,
        notes=(f"The judge set this date.{alone}{several}",),
        span_days=1,
    )
    return with_status(judged, on=on)


def _listed(days: Iterable[date]) -> str:
    return ", ".join(map(str, days))

"""Hearings, interviews, check-ins and letters: the nearest day each can mean, and what has gone by."""

from collections.abc import Iterator
from typing import Any

from foundation.calendar import PartialDate
from screening.rules.run import Mark, Run
from screening.rules.seen import Seen
from screening.rules.spans import Span, span_of

# What someone must come to. Once its day has gone by the question is whether it was held.
EVENTS = ("individual_hearing", "master_hearing", "asylum_interview", "checkin")
HEARINGS = ("individual_hearing", "master_hearing")


def hearing_marks(run: Run) -> Iterator[Mark]:
    """Yield what the days ahead score, and what is to be found out about those that have gone by."""
    for name in EVENTS:
        day = getattr(run.facts, name)
        if day and day.last_day() >= run.on:
            yield from AHEAD[name](run, days_left(run, day))
    yield from _gone(run)
    yield from _letter(run)
    yield from _callup(run)
    if run.facts.fear_screening:  # 8 USC 1225(b)(1)(B); 8 CFR 208.30, 208.31
        points = run.tables.points["fear_screening"]
        used = {"fear_screening": True}
        yield Mark("FEAR_SCREENING", used, "clock", points, "fear_screening", "CRITICAL")


def days_left(run: Run, day: PartialDate) -> int:
    """Return the days to the nearest day a date can mean that has not gone by."""
    return max((day.first_day() - run.on).days, 0)


def gone_events(facts: Any, seen: Seen, *, maybe: bool = False) -> dict[str, Span]:
    """Return the hearings, interviews and check-ins that have gone by, and nobody said what came of them.

    By every reading of the date; `maybe`: one of its days is enough.

    `facts` are the screening's, or the deadline engine's, which call them by the same names.
    """
    told = ((name, getattr(facts, name)) for name in EVENTS)
    spans = {name: span_of(day) for name, day in told if day}
    gone = {name: span for name, span in spans.items() if (span.first if maybe else span.last) < seen.on}
    if facts.held or not gone:
        return {}
    return {name: span for name, span in gone.items() if not _is_settled(name, span, spans, seen)}


def _is_settled(name: str, span: Span, spans: dict[str, Span], seen: Seen) -> bool:
    """Tell whether a later hearing, or a decision on or after it, says what came of one that has gone by."""
    later = (spans[other] for other in HEARINGS if name in HEARINGS and other != name and other in spans)
    if any(other.first > span.last for other in later):
        return True
    return any(order.is_on_or_after(span.last) for order in seen.orders)


def _gone(run: Run) -> Iterator[Mark]:
    gone = gone_events(run.facts, run.seen)
    if gone:
        used = {name: getattr(run.facts, name).isoformat() for name in gone}
        yield Mark("HEARING_PASSED", used, floor="hearing_passed", band="HIGH")
        return
    maybe = gone_events(run.facts, run.seen, maybe=True)
    if maybe:  # one of its days has gone by: as urgent as if it had, of a long span a band less
        short = min(span.days for span in maybe.values()) <= run.tables.days["short_span"]
        yield Mark(floor="hearing_passed", band="HIGH" if short else "MEDIUM")


def _individual(run: Run, days: int) -> Iterator[Mark]:
    hearing = {"individual_hearing": run.facts.individual_hearing.isoformat()}  # type: ignore[union-attr]
    near = days <= run.tables.floors["merits_critical"]
    yield Mark(
        "HEARING_INDIVIDUAL",
        hearing,
        "clock",
        run.within("merits_hearing", days),
        *(("merits_near", "CRITICAL") if near else ()),
    )
    if days < run.tables.days["evidence"] and run.facts.custody != "ice":  # ICPM ch. 3.1(b)(2)
        yield Mark("EVIDENCE_DATE_PASSED", {**hearing, "custody": run.facts.custody})


def _master(run: Run, days: int) -> Iterator[Mark]:
    near = days <= run.tables.floors["master_high"]
    yield Mark(
        "HEARING_MASTER",
        {"master_hearing": run.facts.master_hearing.isoformat()},  # type: ignore[union-attr]
        "clock",
        run.within("master_hearing", days),
        *(("master_near", "HIGH") if near else ()),
    )


def _interview(run: Run, days: int) -> Iterator[Mark]:
    used = {"asylum_interview": run.facts.asylum_interview.isoformat()}  # type: ignore[union-attr]
    yield Mark("ASYLUM_INTERVIEW", used, "clock", run.within("asylum_interview", days))


def _checkin(run: Run, days: int) -> Iterator[Mark]:
    """Whoever is held is looked at before, and reports to nobody."""
    if days <= run.tables.days["checkin_soon"] and not run.is_held():
        used = {"checkin": run.facts.checkin.isoformat()}  # type: ignore[union-attr]
        yield Mark("CHECKIN_SOON", used, "custody", run.tables.points["checkin_soon"])


AHEAD = {
    "individual_hearing": _individual,
    "master_hearing": _master,
    "asylum_interview": _interview,
    "checkin": _checkin,
}


def _letter(run: Run) -> Iterator[Mark]:
    """A letter that should have been answered is as urgent as one due today."""
    due = run.facts.notice_due
    if due:
        days = (due.first_day() - run.on).days
        yield Mark("NOTICE_DUE", {"notice_due": due.isoformat()}, "clock", run.within("notice_due", days))


def _callup(run: Run) -> Iterator[Mark]:
    """The day by which a judge wants the I-589: missing it gives it up (8 CFR 1003.31(h)).

    It never moves the year. Once it has gone by with the form received, nothing is asked for any more.
    """
    day = run.facts.i589_callup
    if day is None or (day.last_day() < run.on and run.seen.received):
        return
    days, floors = (day.first_day() - run.on).days, run.tables.floors
    band = (
        "CRITICAL" if days <= floors["callup_critical"] else "HIGH" if days <= floors["callup_high"] else ""
    )
    yield Mark(
        "I589_CALLUP",
        {"i589_callup": day.isoformat()},
        "clock",
        run.within("i589_callup", days),
        *(("callup_near", band) if band else ()),
    )

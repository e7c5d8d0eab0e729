"""By when a person must look at a case, and the one next thing to do: kept beside it, worked out anew."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from cases import rules
from cases.codes import Basis, columns_of, write_codes
from cases.dates import RowKey, by_row
from cases.facts import Known, deadline_facts_of, known_of, screening_facts_of
from cases.models import Case, Deadline, DeadlineStatus
from cases.next_words import ASKED, DO, NextWords, next_words
from cases.rules import DueDate
from cases.rules.next import LOOK, TELL, Found, NextThing, next_thing, sooner
from cases.steps import steps_of
from foundation.vault.opening import open_many
from intake.models import AskedPaper, AskedStatus, Question
from screening.rules import assess, config_of

SETTLED = (DeadlineStatus.DONE, DeadlineStatus.WAIVED)


@dataclass(frozen=True)
class Outlook:
    """What a case comes to on a day: the next thing it asks for, and by when a person must have looked.

    `first` is what is due first, that or the step of the work.
    """

    thing: NextThing
    look_by: date
    first: NextThing


def outlook_of(
    case: Case,
    found: Iterable[Found],
    due: Mapping[RowKey, DueDate],
    settled: Collection[RowKey],
    *,
    on: date,
    step: NextThing | None,
) -> Outlook:
    """Return what is next: of the dates that nobody settled, of what the screening found, of the work."""
    live = [date_ for which, date_ in due.items() if which not in settled]
    look = _look_by(case, live, on=on)
    thing = next_thing(found, live, on=on, look_by=look)
    first, _then = sooner(thing, step or _unread(case, look, on))
    return Outlook(thing, look, first)


def _unread(case: Case, look_by: date, on: date) -> NextThing | None:
    """Return the step of a case that nobody has triaged: to look at it, today where the day has gone by."""
    return None if case.triaged_at else NextThing(LOOK, max(look_by, on))


def _look_by(case: Case, live: list[DueDate], *, on: date) -> date:
    """Return by when to look. A day that has come stays until somebody looked; then it stays for good, since
    the dates remind of themselves.
    """
    opened_on = case.office.today(case.opened_at)
    has_come = case.look_by <= on and opened_on < on
    if case.triaged_at or has_come:
        return case.look_by
    return rules.look_by(case.band, live, on=on, opened_on=opened_on, promised=case.intake.read_by)


@transaction.atomic
def look_ahead(case: Case, *, known: Known | None = None, at: datetime) -> None:
    """Work out the next thing of an open case, by when to look, and what lists go by, and keep all of it.

    Called by whoever changes what a case rests on: its facts, its dates, its band, the step of its work, the
    day.
    """
    on = case.office.today(at)
    known = known or known_of([case], purpose="next thing")[case.pk]
    settled = settled_of([case]).get(case.pk, set())
    step = steps_of([case], on=on).get(case.pk)
    due = by_row(rules.case_dates(deadline_facts_of(known, on=on), on=on), known.orders)
    facts = screening_facts_of(known, on=on)
    result = assess(facts, on=on, config=config_of(case.office.own_figures))
    outlook = outlook_of(case, result.findings, due, settled, on=on, step=step)
    kept = as_kept(outlook)
    for name, value in kept.items():
        setattr(case, name, value)
    live = tuple(date_ for which, date_ in due.items() if which not in settled)
    basis = Basis(known, facts, result, live, outlook.first, case.pk in asking_person([case]))
    case.save(update_fields=[*kept, *write_codes(case, columns_of(case, basis, on=on), at=at)])


def asking_person(cases: Iterable[Case]) -> set[uuid.UUID]:
    """Return the cases whose person is asked for papers, or a question, and has not answered: their ids."""
    by_intake = {case.intake_id: case.pk for case in cases}
    papers = AskedPaper.objects.filter(intake__in=by_intake, status=AskedStatus.ASKED)
    asked = Question.objects.filter(intake__in=by_intake, answered_at=None, dropped_at=None)
    both = papers.order_by().values_list("intake", flat=True).union(asked.order_by().values_list("intake"))
    return {by_intake[pk] for pk in both}


def settled_of(cases: Iterable[Case]) -> dict[uuid.UUID, set[RowKey]]:
    """Return which dates of cases somebody marked done or waived: {case id: rows}."""
    rows = Deadline.objects.filter(case__in=list(cases), status__in=SETTLED)
    settled: dict[uuid.UUID, set[RowKey]] = {}
    for case_id, key, ref in rows.values_list("case_id", "key", "order_ref"):
        settled.setdefault(case_id, set()).add((key, ref))
    return settled


def as_kept(outlook: Outlook) -> dict[str, Any]:
    """Return an outlook as the case's columns: the code alone stands plain, and it tells no fact."""
    thing = outlook.thing
    days = [day.isoformat() for day in thing.days]
    value = {"code": thing.code, "key": thing.key, "day": thing.day.isoformat(), "days": days}
    first = outlook.first
    code = f"{first.code}:{first.key}" if first.key else first.code
    return {"next_code": code, "next_thing": value, "look_by": outlook.look_by}


def thing_from(value: Mapping[str, Any] | None) -> NextThing | None:
    """Return what `as_kept` kept, or None where nothing was."""
    if not value:
        return None
    days = tuple(date.fromisoformat(day) for day in value["days"])
    return NextThing(value["code"], date.fromisoformat(value["day"]), value["key"], days)


@dataclass(frozen=True)
class Upcoming:
    """What is next for a case in words: what is due first, and what comes beside it."""

    first: NextWords
    then: NextWords | None


def upcoming_of(
    cases: Iterable[Case], *, on: date, purpose: str, steps: Mapping[uuid.UUID, NextThing] | None = None
) -> dict[uuid.UUID, Upcoming]:
    """Open what is next for cases and put it into words: {case id: words}. None for one that is all over.

    The step of the work is asked for anew, unless who asks knows it, so that it is right a moment after
    somebody took one.
    """
    cases = list(cases)
    if steps is None:
        steps = steps_of(cases, on=on)
    upcoming = {
        case.pk: Upcoming(next_words(NextThing(TELL, on), on=on), None) for case in cases if case.must_be_told
    }
    cases = [case for case in cases if case.is_open]
    opened = open_many(cases, "next_thing", purpose=purpose)
    for case in cases:
        if thing := thing_from(opened[case.pk].next_thing):
            first, then = sooner(thing, steps.get(case.pk) or _unread(case, case.look_by, on))
            upcoming[case.pk] = Upcoming(next_words(first, on=on), next_words(then, on=on) if then else None)
    return upcoming


def short_words(code: str) -> str:
    """Return the short form of what is next, by its code alone (`Case.next_code`); "" where nothing is."""
    return _short(code, get_language()) if code else ""


@lru_cache(maxsize=1024)
def _short(code: str, _reader: str | None) -> str:
    """Write the short form once in each language, which is the active one."""
    head, _colon, key = code.partition(":")
    return str(DO.get(key, ASKED[LOOK][0]) if key else ASKED.get(head, ASKED[LOOK])[0])


def kept_outlooks(cases: Iterable[Case], *, purpose: str) -> dict[uuid.UUID, dict[str, Any]]:
    """Open what is kept of cases, as `as_kept` returns it: {case id: columns}."""
    cases = list(cases)
    opened = open_many(cases, "next_thing", purpose=purpose)
    return {
        case.pk: {
            "next_code": case.next_code,
            "next_thing": opened[case.pk].next_thing,
            "look_by": case.look_by,
        }
        for case in cases
    }

"""The plain codes that lists of cases are filtered and ordered by: this file alone writes them (ADR 55).

A filter reads no sealed value. So the few coarse facts it needs are kept as codes, "custody:ice", worked out
from what the case rests on whenever that changes. What is not known has no code: unknown is never No.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cases.facts import Known
from cases.models import Case, Status, WaitsOn
from cases.rules import DueDate
from cases.rules.look import live_day
from cases.rules.next import ANSWER, ENGAGE, RECEIVER, NextThing
from cases.rules.told import EVENT
from conflicts.queries import CLEAR
from intake.data import courts
from screening.rules import Assessment, Facts

CUSTODY, COURT, STATE, LANGUAGE = "custody", "court", "state", "language"
COUNTRY, MINOR, OUTCOME, REASON, DATE = "country", "minor", "outcome", "reason", "date"
NAMES = "names"
OTHER_COURT, ALONE, MAY_BE_PASSED = "other", "alone", "may_be_passed"
HEARINGS = ("individual_hearing", "master_hearing")
ADULT = 18
# A day that had gone by longer than this before the case came is history: the screening says what follows.
GONE_BEFORE = timedelta(days=30)
WAITS = {ANSWER: WaitsOn.ATTORNEY, ENGAGE: WaitsOn.ATTORNEY, RECEIVER: WaitsOn.RECEIVER}


@dataclass(frozen=True)
class Basis:
    """What the codes of one case are worked out from: what is known, found and due, and what comes first.

    `due` are the dates that nobody settled; `asks_person`: a paper or an answer is asked of the person.
    """

    known: Known
    facts: Facts
    result: Assessment
    due: tuple[DueDate, ...]
    first: NextThing
    asks_person: bool


def code(kind: str, value: str) -> str:
    """Return one code as a case keeps it."""
    return f"{kind}:{value}"


def value_of(codes: Iterable[str], kind: str) -> str:
    """Return the value that a case has of one kind, or "" where it is not known."""
    begun = f"{kind}:"
    for one in codes:
        if one.startswith(begun):
            return one.removeprefix(begun)
    return ""


def columns_of(case: Case, basis: Basis, *, on: date) -> dict[str, Any]:
    """Return the columns of a case that its lists go by, as of a day."""
    live = _live(case, basis, on=on)
    codes = [*_codes(case, basis)]
    if live and live[1].status == MAY_BE_PASSED:
        codes.append(code(DATE, MAY_BE_PASSED))
    return {
        "codes": sorted(codes),
        "live_date": live[0] if live else None,
        "live_key": live[1].key if live else "",
        "hearing_on": _hearing_on(basis.due),
        "waits_on": _waits_on(case, basis, on=on),
    }


def write_codes(case: Case, columns: dict[str, Any], *, at: datetime) -> list[str]:
    """Set the columns on a case and return which are to be saved. Since when it waits moves with whom for."""
    if case.waits_on != columns["waits_on"]:
        case.waits_since = at
    for name, value in columns.items():
        setattr(case, name, value)
    return [*columns, "waits_since"]


def kept_columns(case: Case) -> dict[str, Any]:
    """Return the same columns as they are kept."""
    return {
        name: getattr(case, name) for name in ("codes", "live_date", "live_key", "hearing_on", "waits_on")
    }


def _codes(case: Case, basis: Basis) -> Iterator[str]:
    answers, facts = basis.known.answers, basis.facts
    said_free = facts.custody is None and answers.get("custody") == "no"
    found = {
        CUSTODY: facts.custody or ("no" if said_free else ""),
        COURT: court_code(answers.get("court") or ""),
        STATE: facts.state or "",
        LANGUAGE: answers.get("spoken_language") or "",
        COUNTRY: case.country,
        MINOR: _minor(facts),
        OUTCOME: basis.result.outcome,
        NAMES: "" if basis.known.conflict == CLEAR else basis.known.conflict,
    }
    yield from (code(kind, value) for kind, value in found.items() if value)
    yield from sorted({code(REASON, each.code) for each in basis.result.findings})


def _minor(facts: Facts) -> str:
    if facts.age is None:
        return ALONE if facts.uac else ""
    if facts.age >= ADULT:
        return "no"
    return ALONE if facts.uac else "yes"


def court_code(told: str) -> str:
    """Return the code of the court somebody named as we suggest it or by its city, "other" for another."""
    said = told.strip().casefold()
    if not said:
        return ""
    named = [court.code for court in courts() if said == court.label.casefold()]
    in_city = [court.code for court in courts() if said.partition(",")[0].strip() == court.city.casefold()]
    return next(iter(named), in_city[0] if len(in_city) == 1 else OTHER_COURT)


def _live(case: Case, basis: Basis, *, on: date) -> tuple[date, DueDate] | None:
    """Return the day that hurts first with its date: one that is gone and that nobody settled comes before
    all that are ahead. A birthday stays sealed and stands in no list.
    """
    opened_on = case.office.today(case.opened_at)
    days = [
        (day, due)
        for due in basis.due
        if not due.is_birthday and (day := _day(due, basis, on=on, since=opened_on - GONE_BEFORE))
    ]
    return min(days, key=lambda each: (each[0], each[1].key), default=None)


def _day(due: DueDate, basis: Basis, *, on: date, since: date) -> date | None:
    """Return the day a list goes by for one date, None where it can wait or is history."""
    if due.date is None or due.kind == "first_day":
        return None
    if due.is_live:
        moves = due.kind == EVENT or due.status == MAY_BE_PASSED
        return due.date if moves else live_day(due, on=on)
    if due.kind == EVENT and basis.facts.held:
        return None  # it was held: nothing was missed
    gone = due.latest or due.date
    return gone if gone >= since else None


def _hearing_on(due: Iterable[DueDate]) -> date | None:
    days = [one.date for one in due if one.key in HEARINGS and one.is_live and one.date]
    return min(days, default=None)


def _waits_on(case: Case, basis: Basis, *, on: date) -> str:
    """Return who acts next. What is due today is ours, whoever else is asked for something."""
    if basis.first.code in WAITS:
        return WAITS[basis.first.code]
    if basis.asks_person and basis.first.day > on:
        return WaitsOn.PERSON
    return WaitsOn.ATTORNEY if case.status == Status.REPRESENTED else WaitsOn.OFFICE

"""The one thing to do next for a case, and by when."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from cases.rules.engine import DueDate
from cases.rules.look import live_day
from foundation.calendar import PartialDate
from screening.rules.one_year import outer_of
from screening.rules.spans import span_of

# What must be found out today before anything can be filed, the most pressing first.
ASK_TODAY = ("FEAR_SCREENING", "OYD_MAY_RUN", "DENIED_BY_OFFICER", "DANGER_NOW")
# What must be found out by the day somebody looks.
ASK_SOON = ("HEARING_PASSED", "DENIAL_DATE_UNKNOWN", "I589_RETURNED", "PRIOR_ORDER", "URGENT_REFERRAL")
# What is asked once nothing is due.
ASK = (
    *("CONFLICT_POSSIBLE", "ARRIVAL_UNKNOWN", "I589_SAID_SENT", "I589_BEFORE_ARRIVAL", "REFUGEE_ADJUST"),
    *("OYD_PASSED", "REP_UNCERTAIN", "REP_UNKNOWN", "NEED_UNCLEAR", "INCOME_UNKNOWN"),
)
# No day of arrival further back than this is still in time: a year, and the closed days at its end.
A_YEAR_AND_A_WEEK = timedelta(days=373)
FIND = "FIND"  # a date that may have passed: find its day
ROW, LOOK = "ROW", "LOOK"
# The steps of the work itself: who of the office, or of those it asked, has to act.
REACH, REFER, OFFER, ANSWER, ENGAGE = "REACH", "REFER", "OFFER", "ANSWER", "ENGAGE"
# Of a hand-over: an organization is asked, it said yes, it does not take the person.
RECEIVER, GIVE, NEXT_RECEIVER = "RECEIVER", "GIVE", "NEXT_RECEIVER"
TELL = "TELL"  # how it ended: of a case that is over


class Found(Protocol):
    """What is read of a finding."""

    @property
    def code(self) -> str: ...

    @property
    def inputs(self) -> Mapping[str, Any]: ...


class NextThing(NamedTuple):
    """`code` says what: a reason code, LOOK, or ROW and FIND for the date `key`. `day`: by when.

    `days` are what its sentence names beside: of OYD_MAY_RUN the first and last day of arrival that may still
    be in time, and the last day to file for the first of them; of FIND the last day of the date.
    """

    code: str
    day: date
    key: str = ""
    days: tuple[date, ...] = ()


def next_thing(
    findings: Iterable[Found], dates: Iterable[DueDate], *, on: date, look_by: date | None = None
) -> NextThing:
    """Return the one thing to do: what is due today, what must be found out today, then the nearest date.

    What must be found out soon stands among the dates by `look_by`. Where nothing is due it is a question, or
    a look by that day.
    """
    found = {each.code: each for each in findings}
    by = look_by or on
    rows = sorted(_rows(dates, on=on), key=lambda one: one.day)
    today = [one for one in rows if one.day <= on and one.code == ROW]
    asked = [_asked(found[code], on=on) for code in ASK_TODAY if code in found]
    soon = [NextThing(code, by) for code in ASK_SOON if code in found]
    dated = sorted((*soon, *rows), key=lambda one: one.day)
    later = [NextThing(code, by) for code in ASK if code in found]
    return next(iter((*today, *asked, *dated, *later)), NextThing(LOOK, by))


def sooner(thing: NextThing, step: NextThing | None) -> tuple[NextThing, NextThing | None]:
    """Return what is due first, and the other; of one day what the case asks for comes before the work."""
    if step is None or step.code == thing.code:
        return thing, None
    return (step, thing) if step.day < thing.day else (thing, step)


def _rows(dates: Iterable[DueDate], *, on: date) -> Iterator[NextThing]:
    """Yield each date somebody may still miss; one that may have passed asks for its day, today."""
    for due in dates:
        day = live_day(due, on=on)
        if day is not None and due.status == "may_be_passed" and due.kind != "event":
            yield NextThing(FIND, on, due.key, (due.latest or day,))
        elif day is not None:
            yield NextThing(ROW, due.date if due.date and due.date >= on else day, due.key)


def _asked(found: Found, *, on: date) -> NextThing:
    if found.code != "OYD_MAY_RUN":
        return NextThing(found.code, on)
    arrived = span_of(PartialDate.parse(found.inputs["arrival"]))
    first = max(arrived.first, on - A_YEAR_AND_A_WEEK)
    while outer_of(first) < on:
        first += timedelta(days=1)
    return NextThing(found.code, on, "", (first, min(arrived.last, on), outer_of(first)))

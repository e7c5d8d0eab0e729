"""Count a date from what starts it, as a row of deadlines.csv says."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from cases.data import Rule
from cases.rules.facts import Stop
from foundation.calendar import roll_back, roll_forward
from screening.rules.spans import years_after

ONE_DAY = timedelta(days=1)


def _stay(day: date) -> date:
    return day


# What each weekend rule does to a date; the words for it stand in cases/data.
MOVES: dict[str, Callable[[date], date]] = {
    "roll_forward": roll_forward,
    "roll_forward_per_manual": roll_forward,
    "FRAP 26(a)": roll_forward,
    "8 CFR 1.2": roll_forward,
    "roll_backward": roll_back,
    "roll_backward_for_display": roll_back,
    "roll_forward_per_manual_show_previous_business_day": roll_back,
    "verify": _stay,
    "verify on notice": _stay,
    "judge": _stay,
    "none": _stay,
}


# Those by which the text itself moves a date later; a day before is safe whatever a reader makes of them.
FORWARD = {"roll_forward", "roll_forward_per_manual", "FRAP 26(a)", "8 CFR 1.2"}


class Counted(NamedTuple):
    """A date before and after a closed day moved it, and the last day it can be read to mean.

    `safe` is the open day before the unmoved one, where the text moves the date forward.
    """

    unmoved: date
    moved: date
    latest: date
    safe: date | None = None


@lru_cache(maxsize=8192)
def count(rule: Rule, first: date, last: date) -> Counted:
    """Return what a rule gives from the first day that can start it, day 0; `latest` from the last."""
    unmoved = unmoved_from(rule, first)
    return Counted(
        unmoved,
        MOVES[rule.weekend](unmoved),
        MOVES[rule.latest_weekend](unmoved_from(rule, last)),
        roll_back(unmoved - ONE_DAY) if rule.weekend in FORWARD else None,
    )


def unmoved_from(rule: Rule, trigger: date) -> date:
    """Return the date a rule gives before closed days move it."""
    if rule.offset is None:
        return trigger
    sign = 1 if rule.direction == "after" else -1
    if rule.unit == "calendar days":
        return trigger + sign * timedelta(days=rule.offset)
    if rule.unit == "working days":
        return add_working_days(trigger, sign * rule.offset)
    due = years_after(trigger, sign * rule.offset)
    return due - ONE_DAY if rule.unit == "years minus 1 day" else due


def add_working_days(day: date, count: int) -> date:
    """Return the last of `count` open days after the day, or before it where negative."""
    for _ in range(count):
        day = roll_forward(day + ONE_DAY)
    for _ in range(-count):
        day = roll_back(day - ONE_DAY)
    return day


def move_past_stops(due: date, start: date, stops: Iterable[Stop]) -> date | None:
    """Return a date counted from `start`, later by the days inside stops; None while one holds it open.

    For the work-permit clock (8 CFR 208.7). Stops may overlap, and only what lies after `start` counts.
    """
    reached, counted_to = due, start
    for stop in sorted(stops, key=lambda stop: stop.start):
        stopped = max(stop.start, counted_to)
        if stopped > reached:
            return reached
        if stop.end is None:
            return None
        counted_to = max(stopped, stop.end)
        reached += counted_to - stopped
    return reached

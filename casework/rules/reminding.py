"""Which reminders of a court's day are due on a day, by the schedule. Pure: no Django, no clock."""

from collections.abc import Iterable
from datetime import date

from casework.data import Due
from foundation.calendar.business_days import ONE_DAY, is_business_day

DAILY = 2  # business days before, from which on the holders are reminded each day until one confirms


def open_days(start: date, end: date) -> int:
    """Return how many business days come after `start`, up to `end`; 0 where none does."""
    count, day = 0, start
    while day < end:
        day += ONE_DAY
        count += is_business_day(day)
    return count


def due_before(
    what: str, day: date, *, today: date, schedule: Iterable[Due], confirmed: bool
) -> list[tuple[str, str]]:
    """Return what is due before a day, as (step, to whom): of each whom the nearest step alone.

    A step has the day in its name, so that one that was moved is told anew.
    """
    if today > day:
        return []
    left = open_days(today, day)
    nearest: dict[str, int] = {}
    for row in schedule:
        if row.what == what and left <= row.days:
            nearest[row.whom] = min(row.days, nearest.get(row.whom, row.days))
    if confirmed:
        nearest.pop("supervisors", None)
    steps = [(f"{what}:{day}:{whom}:{days}", whom) for whom, days in nearest.items()]
    if "holders" in nearest and left <= DAILY and not confirmed and is_business_day(today):
        steps = [
            (f"{what}:{day}:{whom}:{today}" if whom == "holders" else step, whom) for step, whom in steps
        ]
    return steps


def due_after(what: str, day: date, *, today: date, schedule: Iterable[Due]) -> list[tuple[str, str]]:
    """Return who is asked today what came of a day that is over: each business day until it is noted."""
    gone = open_days(day, today)
    if not is_business_day(today):
        return []
    return [
        (f"{what}:{today}:{row.whom}", row.whom) for row in schedule if row.what == what and gone >= row.days
    ]


def due_since(what: str, since: date, *, today: date, schedule: Iterable[Due]) -> list[tuple[str, str]]:
    """Return what is due so long after a day on which something last happened: of each whom the last step.

    A step has that day in its name: once something happened again, it is counted anew.
    """
    gone = open_days(since, today)
    last: dict[str, int] = {}
    for row in schedule:
        if row.what == what and gone >= row.days:
            last[row.whom] = max(row.days, last.get(row.whom, row.days))
    return [(f"{what}:{since}:{whom}:{days}", whom) for whom, days in last.items()]


def soonest(what: str, *, today: date, schedule: Iterable[Due]) -> date:
    """Return the day before which something must have last happened for anything to be due today."""
    days = min(row.days for row in schedule if row.what == what)
    day = today
    while open_days(day, today) < days:
        day -= ONE_DAY
    return day

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

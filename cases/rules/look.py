"""By when a person must look: before the nearest date anything still hangs on, and within the band's days."""

from collections.abc import Iterable
from datetime import date, timedelta

from cases.rules.engine import DueDate
from cases.rules.told import EVENT
from foundation.calendar import add_business_days, roll_back, roll_forward
from screening.data import tables

ONE_DAY = timedelta(days=1)
BY_DATE = ("safe_day", "other_side", EVENT)
BY_DATE_KEYS = ("i589_callup", "notice_due")


def look_within(band: str, opened_on: date) -> date:
    """Return the business day by which a person must have looked at a case opened that day (policy)."""
    return add_business_days(opened_on, tables().look_within[band])


def look_by(
    band: str,
    dates: Iterable[DueDate],
    *,
    on: date,
    opened_on: date | None = None,
    promised: date | None = None,
) -> date:
    """Return the day by which a person must look: today or later, and never after a live date.

    The earliest of the band's day, the day that the office promised the person, and the last business day
    before the nearest date. Only where that day is
    behind us it is today, even a closed one; otherwise it is an open day.
    """
    first = min(filter(None, (look_within(band, opened_on or on), promised)))
    by_band = max(first, roll_forward(on))
    near = [day for due in dates if (day := live_day(due, on=on))]
    return max(min(by_band, roll_back(min(near) - ONE_DAY)), on) if near else by_band


def live_day(due: DueDate, *, on: date) -> date | None:
    """Return the day on which a date may still be missed, as the policy counts it; None of one nobody can.

    A date that may have passed is today's where its fact means a month or less; of a longer one the last day.
    """
    if not due.is_live or due.kind == "first_day" or due.date is None:
        return None
    if due.kind == EVENT:
        return max(due.date, on)
    if due.status == "may_be_passed":
        return on if due.span_days <= tables().days["short_span"] else due.latest
    return due.date if due.kind in BY_DATE or due.key in BY_DATE_KEYS else due.latest

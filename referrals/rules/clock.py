"""Somebody's working time between two moments: in their zone and hours, without holidays. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.calendar import is_business_day

ONE_DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Hours:
    """When somebody works: on business days from `opens` to `closes`, full hours of their own zone."""

    zone: str
    opens: int = 9
    closes: int = 17

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Return when they begin and end on a day; where the clocks change, the day is as long as it is."""
        zone = ZoneInfo(self.zone)
        last = datetime.combine(day, time(self.closes % 24), zone)
        ends = last if self.closes < 24 else datetime.combine(day + ONE_DAY, time(), zone)
        return datetime.combine(day, time(self.opens), zone).astimezone(UTC), ends.astimezone(UTC)


def _spans(start: datetime, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches of working time from a moment on, the first one begun already where it has."""
    day = start.astimezone(ZoneInfo(hours.zone)).date()
    while True:
        if is_business_day(day):
            opens, closes = hours.on(day)
            if closes > start:
                yield max(opens, start.astimezone(UTC)), closes
        day += ONE_DAY


def add_minutes(start: datetime, minutes: int, hours: Hours) -> datetime:
    """Return the moment at which so many working minutes have passed; 0 is the next working moment."""
    left = timedelta(minutes=minutes)
    for begins, ends in _spans(start, hours):
        if left <= ends - begins:
            return begins + left
        left -= ends - begins
    raise AssertionError  # pragma: no cover  the days never end


def minutes_between(start: datetime, end: datetime, hours: Hours) -> int:
    """Return how many working minutes lie between two moments; none where the end comes first."""
    total = timedelta()
    for begins, ends in _spans(start, hours):
        if begins >= end:
            break
        total += min(ends, end.astimezone(UTC)) - begins
    return total // MINUTE

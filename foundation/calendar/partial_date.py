"""A date of which the day, or the month and the day, may be unknown."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """ "2026-03-10", "2026-03" or "2026"."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read an ISO date or the front part of one; ValueError if it is none or does not exist."""
        return _parsed(text)

    def first_day(self) -> date:
        """Return the earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """Return the latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_exact(self) -> bool:
        return self.day is not None

    def isoformat(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


@lru_cache(maxsize=4096)
def _parsed(text: str) -> PartialDate:
    match = SHAPE.fullmatch(text)
    if not match or "00" in match.groups():
        raise ValueError(f"not a date: {text!r}")
    year, month, day = (int(part) if part else None for part in match.groups())
    parsed = PartialDate(year or 0, month, day)
    parsed.first_day()
    return parsed


def age_on(born: PartialDate, *, on: date, oldest: bool = False) -> int:
    """Return whole years from a date to a day, 0 at least; of half a date the fewest, or the most."""
    start = born.first_day() if oldest else born.last_day()
    return max(on.year - start.year - ((on.month, on.day) < (start.month, start.day)), 0)

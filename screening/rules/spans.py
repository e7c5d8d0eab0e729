"""A date of which only a part is known is a span: the days it can mean.

Rules never read a partial date; they read its span, and take the end that gives more urgency. What has
happened cannot lie ahead, so its span is cut at today.
"""

from datetime import date, timedelta
from typing import NamedTuple

from foundation.calendar import PartialDate

ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """The days a date can mean, from the first to the last; one day where it is known."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_exact(self) -> bool:
        return self.first == self.last

    def meets(self, other: "Span") -> bool:
        """Tell whether some day lies in both."""
        return self.first <= other.last and other.first <= self.last


def span_of(day: PartialDate) -> Span:
    """Return the days of a date that may lie ahead: a hearing, a letter, the end of a status."""
    return Span(day.first_day(), day.last_day())


def happened(day: PartialDate, *, on: date) -> Span | None:
    """Return the days of something that has happened, cut at today; None where all of them lie ahead."""
    first = day.first_day()
    return None if first > on else Span(first, min(day.last_day(), on))


def years_after(day: date, years: int) -> date:
    """Return the same day years later; 29 February becomes 28 February (policy: the safe reading)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def birthdays(born: Span, age: int) -> Span:
    """Return the days on which someone turns an age."""
    return Span(years_after(born.first, age), years_after(born.last, age))


def born_at(age: float, *, on: date) -> Span:
    """Return the birth dates that give an age in years today."""
    years = int(age)
    return Span(_last_of_age(on, years + 1) + ONE_DAY, _last_of_age(on, years))


def _last_of_age(on: date, years: int) -> date:
    """Return the last birth date of an age: one on 29 February is a year older on the 28th already."""
    last = years_after(on, -years)
    return last + ONE_DAY if years_after(last + ONE_DAY, years) == on else last

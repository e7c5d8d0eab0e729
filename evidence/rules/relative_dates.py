"""Days a text names only from where it stands: "today", "last week", "on Tuesday"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from evidence.rules.dates import Published
from evidence.rules.spans import Span

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
RELATIVE = re.compile(
    rf"\b(?:(?P<day>today|yesterday|tomorrow)|(?P<which>this|last)[ \u00a0]+(?P<unit>week|month|year)"
    rf"|on[ \u00a0]+(?P<weekday>{'|'.join(WEEKDAYS)}))\b(?![ \u00a0]+\d)",
    re.IGNORECASE,
)
STEPS = {"today": 0, "yesterday": -1, "tomorrow": 1}


@dataclass(frozen=True)
class RelativeDate:
    """What is said, and the first and last day it can mean."""

    span: Span
    first_day: date
    last_day: date


def relative_dates(text: str, published: Published | None) -> list[RelativeDate]:
    """Return the relative days of a text, reckoned from its publication; none where that day is unknown."""
    if published is None or published.precision != "day" or published.either:
        return []
    return [_reckoned(text, match, published.first_day) for match in RELATIVE.finditer(text)]


def _reckoned(text: str, match: re.Match[str], day: date) -> RelativeDate:
    span = Span.of(text, *match.span())
    if match["day"]:
        day += timedelta(days=STEPS[match["day"].lower()])
        return RelativeDate(span, day, day)
    if match["weekday"]:
        # Press statements look back: a weekday is the last one up to the day of publication.
        day -= timedelta(days=(day.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7)
        return RelativeDate(span, day, day)
    return RelativeDate(span, *_stretch(match["unit"].lower(), day, back=match["which"].lower() == "last"))


def _stretch(unit: str, day: date, *, back: bool) -> tuple[date, date]:
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + (7 if back else 0))
        return monday, monday + timedelta(days=6)
    if unit == "year":
        year = day.year - back
        return date(year, 1, 1), date(year, 12, 31)
    first = day.replace(day=1)
    first = (first - timedelta(days=1)).replace(day=1) if back else first
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)

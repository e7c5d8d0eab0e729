"""The day a text was published, as far as the text itself says so."""

import re
from dataclasses import dataclass
from datetime import date

from evidence.rules.spans import Span

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
MONTH = "|".join(MONTHS)
DATE = (
    rf"(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}}),?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})\s+(?P<m2>{MONTH})\s+(?P<y2>\d{{4}})"
    rf"|(?P<y3>\d{{4}})-(?P<n3>\d{{2}})-(?P<d3>\d{{2}})"
    rf"|(?P<m4>{MONTH})\s+(?P<y4>\d{{4}}))"
)
LEAD = r"(?:(?:Published|Released|Posted|Issued)(?:[ \t\u00a0]+on)?|Date)[ \t\u00a0]*:?[ \t\u00a0]*"
LINE = re.compile(rf"^[ \t\u00a0]*(?P<lead>{LEAD})?(?P<date>{DATE})[ \t\u00a0]*$", re.MULTILINE)


@dataclass(frozen=True)
class Published:
    """The publication date: `first_day` is the earliest day it can mean, `line` the whole line."""

    span: Span
    line: Span
    first_day: date
    precision: str


def published_in(text: str) -> Published | None:
    """Return the date on a line of its own: one that says "Published" first, else the first such line."""
    lines = [match for match in LINE.finditer(text) if _day_of(match)]
    if not lines:
        return None
    best = next((match for match in lines if match["lead"]), lines[0])
    first_day = _day_of(best)
    assert first_day is not None
    return Published(
        Span.of(text, *best.span("date")),
        Span.of(text, *best.span()),
        first_day,
        "month" if best["m4"] else "day",
    )


def _day_of(match: re.Match[str]) -> date | None:
    """Return the date a line holds, or None for a day that does not exist."""
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    name = match["m1"] or match["m2"] or match["m4"]
    month = MONTHS.index(name) + 1 if name else int(match["n3"])
    day = match["d1"] or match["d2"] or match["d3"] or "1"
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None

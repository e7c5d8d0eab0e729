"""What stands around the text of pages: running heads, feet, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from evidence.reading.layout import Piece

MARGIN = 0.14  # of a page's height, at the top and at the bottom
LONGEST = 160  # characters of a running head
DEEPEST = 4  # lines of it
NUMBER = re.compile(
    r"(?:(?:page|p\.|pág(?:ina|\.)?|seite|صفحة)\s*)?[-–—|(\[]*\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—|)\]]*"
    r"(?:\s*(?:of|/|sur|de|من)\s*\d{1,4})?",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d+")


def margins_of(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[set[int]]:
    """Return for each page which of its lines, from the top down, are heads, feet and numbers of pages.

    What stands at the edge of two pages or more with the same words but for numbers is one of them.
    """
    times: Counter[tuple[str, bool]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        times.update({(key(lines[place]), at_top) for place, at_top in _at_edges(lines, height)})
    return [_outermost(lines, height, times) for lines, height in zip(pages, heights, strict=True)]


def key(line: Piece) -> str:
    """Return what the same running head has on every page."""
    return " ".join(DIGITS.sub("#", line.text).casefold().split())


def _at_edges(lines: Sequence[Piece], height: float) -> list[tuple[int, bool]]:
    """Return the lines in a page's margins with True for those at the top, from the outside in."""
    top = [(place, True) for place, one in enumerate(lines) if one.bottom > height * (1 - MARGIN)]
    foot = [(place, False) for place, one in enumerate(lines) if one.top < height * MARGIN]
    return [*top[:DEEPEST], *reversed(foot[-DEEPEST:])]


def _outermost(lines: Sequence[Piece], height: float, times: Counter[tuple[str, bool]]) -> set[int]:
    """Return the lines of the margins up to the first that is part of the text."""
    margin, closed = set(), set()
    for place, at_top in _at_edges(lines, height):
        line = lines[place]
        repeats = times[key(line), at_top] > 1 and len(line.text) <= LONGEST
        if at_top in closed or not (repeats or NUMBER.fullmatch(line.text.strip())):
            closed.add(at_top)
        else:
            margin.add(place)
    return margin

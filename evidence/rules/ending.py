"""Where a text ends and what stands under it begins: a closing date, "ENDS", a contact, a note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evidence.data import ENDING, ENDING_START, phrases
from evidence.rules.dates import Published, date_line
from evidence.rules.spans import Span

SIGNS = re.compile(r"[\s*-]*[#_][\s#_*-]*")
ENDS = re.compile(r"[\s*_–—-]*(?:ends?|fin|/ends|-?30-?|###|انتهى|نهاية)[\s*_–—-]*", re.IGNORECASE)
MOST_BELOW = 0.5  # of a text's letters: what ends it before the middle is a word of its own
LAST_LINES = 3
LONGEST = 200  # characters of a line that are looked at


@dataclass(frozen=True)
class Ending:
    """The number of the first line under the text, and the date the text closes with."""

    start: int
    published: Published | None = None


def ending_of(lines: Sequence[Span], start: int, *, dated: bool, lang: str = "") -> Ending:
    """Return where the text that begins at a line ends. `dated` tells that its date is known already."""
    for number in range(start + 1, len(lines)):
        line = lines[number]
        published = date_line(line, lang=lang)
        if published and _closes(lines, number, published, dated=dated):
            return Ending(number, published)
        if ENDS.fullmatch(line.text) or SIGNS.fullmatch(line.text):
            return Ending(number, _below(lines, number, lang))
        if is_ending(line.text) and _is_below_the_middle(lines, start, number):
            return Ending(number, _below(lines, number, lang))
    return Ending(len(lines))


def _closes(lines: Sequence[Span], number: int, published: Published, *, dated: bool) -> bool:
    """Tell whether a line of a date ends the text: one that says so, or the last where none stood above."""
    if published.where != "date_line":
        return _is_below_the_middle(lines, 0, number)
    below = lines[number + 1 :]
    return not dated and (len(below) < LAST_LINES or (bool(below) and is_ending(below[0].text)))


def _below(lines: Sequence[Span], number: int, lang: str) -> Published | None:
    """Return a closing date that stands under the end."""
    found = [date_line(line, lang=lang) for line in lines[number : number + LAST_LINES]]
    return next((one for one in found if one), None)


def is_ending(line: str) -> bool:
    """Tell whether a line begins what stands under a text, in words that are data."""
    said = _plain(line[:LONGEST].strip().lower())
    return said in _endings() or said.strip(" *_:.-–—") in _endings() or said.startswith(_starts())


@cache
def _endings() -> set[str]:
    return set(map(_plain, phrases(ENDING)))


@cache
def _starts() -> tuple[str, ...]:
    return tuple(map(_plain, phrases(ENDING_START)))


def _plain(said: str) -> str:
    return said.replace("'", "’")


def _is_below_the_middle(lines: Sequence[Span], start: int, number: int) -> bool:
    above = sum(len(line.text) for line in lines[start:number])
    below = sum(len(line.text) for line in lines[number:])
    return below <= MOST_BELOW * (above + below) or len(lines) - number <= 2 * LAST_LINES

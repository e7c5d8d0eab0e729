"""A bar chart drawn by the server: before and after, one pair of bars for each name, either direction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, PAIR, LABEL, BAR, GAP = 360, 74, 18, 18, 4
ROOM = 90  # beside the longest bar, for its number


@dataclass(frozen=True)
class Bar:
    """One bar with its number; `text_x` is where the number begins, in reading direction."""

    x: float
    y: int
    width: float
    value: int
    text_x: float
    is_after: bool

    @property
    def text_y(self) -> int:
        return self.y + BAR - GAP


@dataclass(frozen=True)
class Pair:
    """One name with its two bars."""

    label: Any
    x: int
    y: int
    bars: tuple[Bar, Bar]


@dataclass(frozen=True)
class Chart:
    """All pairs, and the size of the drawing."""

    pairs: list[Pair]
    width: int
    height: int
    bar: int = BAR


def bar_chart(rows: Sequence[tuple[Any, int, int]], *, rtl: bool) -> Chart:
    """Place the bars of (label, before, after); from right to left everything is mirrored."""
    longest = max((max(before, after) for _label, before, after in rows), default=0) or 1
    pairs = []
    for n, (label, before, after) in enumerate(rows):
        top = n * PAIR + LABEL
        bars = (
            _bar(before, top + GAP * 2, longest, is_after=False, rtl=rtl),
            _bar(after, top + GAP * 3 + BAR, longest, is_after=True, rtl=rtl),
        )
        pairs.append(Pair(label, WIDTH if rtl else 0, top, bars))
    return Chart(pairs, WIDTH, len(rows) * PAIR)


def _bar(value: int, y: int, longest: int, *, is_after: bool, rtl: bool) -> Bar:
    width = round((WIDTH - ROOM) * value / longest, 1)
    x = WIDTH - width if rtl else 0.0
    text_x = x - GAP * 2 if rtl else width + GAP * 2
    return Bar(x, y, width, value, text_x, is_after)

"""Where the words of a page stand, and in which order they are read: columns, rows, paragraphs.

Points as in PDF: x to the right, y upwards. Nothing here knows of files.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from evidence.reading.lines import BULLET, HYPHENS, SENTENCE_END

APART = 2.0  # heights of a line: a wider gap parts columns and cells
FEWEST_ROWS = 5  # of a column
CROSSING = 0.4  # of the rows that may go over a gutter, as headings do
PROSE_LETTERS, PROSE_WIDTH = 18, 0.5  # a line of prose: letters, of its column; shorter ones are cells
LOOSE = 1.35  # times the usual distance of lines: a paragraph ends
LARGER = 1.15  # times the height: a heading begins or ends
INDENT = 0.8  # heights
SHORT = 0.8  # of its column: a line that ends here ends on purpose


@dataclass(frozen=True)
class Piece:
    """Words that stand side by side, with the box they fill."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def reading_order(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the lines of a page in reading order, grouped by the column they stand in."""
    if len(pieces) < 2 * FEWEST_ROWS:
        return [rows_of(pieces)] if pieces else []
    gutter = _gutter(pieces)
    if gutter is None:
        return [rows_of(pieces)]
    groups: list[list[Piece]] = []
    for band, crosses in _bands(pieces, gutter):
        sides = [one for one in band if one.right <= gutter], [one for one in band if one.right > gutter]
        if crosses or not all(sides) or not all(map(_is_prose, sides)):
            groups.append(rows_of(band))
            continue
        first, second = reversed(sides) if is_rtl("".join(one.text for one in band)) else sides
        groups += [*reading_order(first), *reading_order(second)]
    return groups


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return the x of the white between two columns: where many lines begin or end and few go over."""
    edges = Counter(round(one.left / 3) * 3 - 1.5 for one in pieces)
    edges.update(round(one.right / 3) * 3 + 1.5 for one in pieces)
    best: tuple[int, float] | None = None
    for gutter in [gutter for gutter, times in edges.items() if times >= FEWEST_ROWS]:
        left = sum(one.right <= gutter + 1 for one in pieces)
        right = sum(one.left >= gutter - 1 for one in pieces)
        crossing = len(pieces) - left - right
        if (
            min(left, right) >= FEWEST_ROWS
            and crossing <= CROSSING * len(pieces)
            and (best is None or crossing < best[0])
        ):
            best = crossing, gutter
    return best[1] if best else None


def _bands(pieces: Sequence[Piece], gutter: float) -> Iterator[tuple[list[Piece], bool]]:
    """Yield the pieces from the top down, and whether they go over the gutter."""
    band: list[Piece] = []
    crosses = False
    for one in sorted(pieces, key=lambda one: -one.bottom):
        over = one.left < gutter - 1 and one.right > gutter + 1
        if band and over != crosses:
            yield band, crosses
            band = []
        crosses = over
        band.append(one)
    if band:
        yield band, crosses


def _is_prose(column: Sequence[Piece]) -> bool:
    """Tell whether a column holds sentences, not the cells of a table."""
    if len(column) < 2:
        return False
    width = max(one.right for one in column) - min(one.left for one in column)
    long = [
        one
        for one in column
        if len(one.text) >= PROSE_LETTERS and one.right - one.left >= PROSE_WIDTH * width
    ]
    return len(long) * 2 >= len(column)


def rows_of(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces as lines from the top down; those of one height side by side are one line."""
    rows: list[list[Piece]] = []
    for one in sorted(pieces, key=lambda one: -(one.bottom + one.top) / 2):
        above = rows[-1][0] if rows else None
        if above and (above.bottom + above.top) / 2 - (one.bottom + one.top) / 2 < 0.4 * min(
            above.height, one.height
        ):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [_row(row) for row in rows]


def _row(row: list[Piece]) -> Piece:
    if len(row) == 1:
        return row[0]
    rtl = is_rtl("".join(one.text for one in row))
    row = sorted(row, key=lambda one: -one.right if rtl else one.left)
    return Piece(
        " ".join(one.text for one in row),
        min(one.left for one in row),
        max(one.right for one in row),
        min(one.bottom for one in row),
        max(one.top for one in row),
    )


def is_rtl(text: str) -> bool:
    """Tell whether most of the letters are read from right to left."""
    ways = Counter(unicodedata.bidirectional(letter) for letter in text)
    return ways["R"] + ways["AL"] > ways["L"]


def paragraphs_of(lines: Sequence[Piece]) -> list[list[str]]:
    """Return the lines of one column as paragraphs, each a list of lines."""
    if not lines:
        return []
    gaps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    column = Column.of(lines)
    paragraphs = [[lines[0].text]]
    for above, below in pairwise(lines):
        if column.ends(above, below, usual):
            paragraphs.append([])
        paragraphs[-1].append(below.text)
    return paragraphs


@dataclass(frozen=True)
class Column:
    """The edges of a column, as most of its lines have them, and whether it is read from the right."""

    left: float
    right: float
    rtl: bool

    @classmethod
    def of(cls, lines: Sequence[Piece]) -> "Column":
        left, right = min(one.left for one in lines), max(one.right for one in lines)
        return cls(left, right, is_rtl("".join(one.text for one in lines)))

    def ends(self, above: Piece, below: Piece, usual: float) -> bool:
        """Tell whether a paragraph ends between two lines."""
        gap = above.bottom - below.bottom
        if gap > LOOSE * usual or gap < 0 or BULLET.match(below.text):
            return True
        tall, low = max(above.height, below.height), min(above.height, below.height)
        if tall > LARGER * max(low, 0.1) and gap > LARGER * usual:
            return True
        if above.text[-1:] in HYPHENS:
            return False
        if self._begins(below) - self._begins(above) > INDENT * below.height and SENTENCE_END.search(
            above.text
        ):
            return True
        return self._is_short(above, below)

    def _begins(self, line: Piece) -> float:
        """Return how far from its edge a line begins."""
        return self.right - line.right if self.rtl else line.left - self.left

    def _is_short(self, above: Piece, below: Piece) -> bool:
        """Tell whether a line ends on purpose: the next word would have fitted, and a sentence ends."""
        room = above.left - self.left if self.rtl else self.right - above.right
        letter = (below.right - below.left) / max(len(below.text), 1)
        fits = room > letter * (len(below.text.split()[0]) + 2) if below.text.split() else True
        if not fits:
            return False
        ends = bool(SENTENCE_END.search(above.text))
        starts = not below.text[:1].islower()
        width = self.right - self.left
        return (ends and room > 0.05 * width) or (starts and room > (1 - SHORT) * width)

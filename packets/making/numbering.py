"""Which number each page bears, and which parts make a volume. Pure: the same parts give the same numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """Pages of one part that stay together: of which file, about how many bytes. A long part has several."""

    part: str
    kind: str
    pages: tuple[int, ...]
    size: int
    title: str = ""
    file: str = ""


def labels(pieces: Iterable[Piece], kept: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the numbers of each piece's pages.

    Without kept numbers: one after another from 1. With them, what was filed keeps its own, page by page, and
    what is new goes on from the number before it: 40.1, 40.2.
    """
    if not kept:
        return _running(pieces)
    left = {part: list(numbers) for part, numbers in kept.items()}
    made, base, extra = [], "0", 0
    for piece in pieces:
        row = []
        for _page in piece.pages:
            own = left.get(piece.part)
            if own:
                label = own.pop(0)
                stem, dot, last = label.partition(".")
                base, extra = stem, int(last) if dot else 0
            else:
                extra += 1
                label = f"{base}.{extra}"
            row.append(label)
        made.append(row)
    return _apart(made, {label for numbers in kept.values() for label in numbers})


def _running(pieces: Iterable[Piece]) -> list[list[str]]:
    made, at = [], 1
    for piece in pieces:
        made.append([str(at + step) for step in range(len(piece.pages))])
        at += len(piece.pages)
    return made


def _apart(made: list[list[str]], kept: set[str]) -> list[list[str]]:
    """Return the numbers with none twice: a new one that a later filed page bears goes on behind it."""
    seen: set[str] = set()
    rows = []
    for row in made:
        new = []
        for label in row:
            while label in seen:
                stem, _dot, last = label.partition(".")
                label = f"{stem}.{int(last or 0) + 1}"
            seen.add(label)
            new.append(label)
        rows.append(new)
    return rows


def volumes(pieces: Iterable[Piece], most: int) -> list[list[Piece]]:
    """Return the pieces in volumes of at most so many bytes, in their order.

    A part goes into the next volume whole where it fits one; one that fits none is parted by its pages.
    """
    made: list[list[Piece]] = [[]]
    size = 0
    for piece in pieces:
        for part in _parted(piece, most):
            if made[-1] and size + part.size > most:
                made.append([])
                size = 0
            made[-1].append(part)
            size += part.size
    return [_tabs_with_exhibits(volume, made, place) for place, volume in enumerate(made)]


def _tabs_with_exhibits(volume: list[Piece], made: list[list[Piece]], place: int) -> list[Piece]:
    """Let no tab sheet end a volume: it goes with what it is the tab of."""
    if place + 1 < len(made) and len(volume) > 1 and volume[-1].kind == "tab":
        made[place + 1].insert(0, volume.pop())
    return volume


def _parted(piece: Piece, most: int) -> list[Piece]:
    count = len(piece.pages)
    if piece.size <= most or count <= 1:
        return [piece]
    runs = min(count, -(-piece.size // most))
    cuts = [count * run // runs for run in range(runs + 1)]
    return [
        replace(piece, pages=piece.pages[start:end], size=piece.size // runs) for start, end in pairwise(cuts)
    ]


def span(numbers: Sequence[str]) -> str:
    """Return the numbers of a run as they are cited: "41", "41-44"."""
    if not numbers:
        return ""
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def next_tab(tab: str) -> str:
    """Return the tab after a tab: A to Z, then AA to AZ. A late one's (C-1a) is that of its base."""
    base = tab.partition("-")[0]
    if not base:
        return "A"
    number = 0
    for letter in base:
        number = number * 26 + ord(letter) - 64
    return tab_of(number)


def tab_of(place: int) -> str:
    """Return the tab at a place from 0: A, B, … Z, AA, AB."""
    letters, place = "", place + 1
    while place:
        place, last = divmod(place - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def late_tab(before: str, taken: Iterable[str]) -> str:
    """Return the tab of what comes late behind a filed one: C-1a, then C-1b; before all others 0-1a."""
    stem = f"{before.partition('-')[0] or '0'}-1"
    used = set(taken)
    return next(tab for tab in (f"{stem}{letter}" for letter in _letters()) if tab not in used)


def tabs(filed: Sequence[str]) -> list[str]:
    """Return the tabs of exhibits in order; "" is one that was not filed.

    Where none was filed they run from A. Else a filed one keeps its own, one between two is late (C-1a), and
    those behind the last go on.
    """
    if not any(filed):
        return [tab_of(place) for place in range(len(filed))]
    last = max(place for place, tab in enumerate(filed) if tab)
    made: list[str] = []
    for place, tab in enumerate(filed):
        before = made[-1] if made else ""
        late = late_tab(before, {*made, *filed}) if place < last else next_free(made, filed)
        made.append(tab or late)
    return made


def next_free(made: Sequence[str], filed: Sequence[str]) -> str:
    """Return the first tab behind all that are there."""
    bases = [tab.partition("-")[0] for tab in (*made, *filed) if tab[:1].isalpha()]
    return next_tab(max(bases, key=lambda tab: (len(tab), tab), default=""))


def _letters() -> Iterable[str]:
    place = 0
    while True:
        yield tab_of(place).lower()
        place += 1

"""Where a quotation stands on the pages of an exhibit, letter for letter, over a break of pages too.

Spaces, hyphens and the kind of quotation marks are no letters. Where it is not found nothing is marked.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from packets.binding.looking import Looked, looked_at

SAME = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'"}
NOTHING = set("-‐‑‒–—―\u00ad\ufffe\u0002\0")
PIECE = 6  # letters of a quotation that stand together on either side of a break
FURNITURE = 4  # lines of a page's head or foot that may stand inside a quotation
Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Letter:
    """One letter as it is compared, with its place in the page's text and the line it stands on."""

    sign: str
    index: int
    line: int


@dataclass(frozen=True)
class Found:
    """A stretch of one page: its number from 0, and from which letter to which."""

    page: int
    start: int
    end: int


def signs(letter: str) -> Iterator[str]:
    """Return what one letter of a page counts as: nothing, itself, or the letters of a ligature."""
    for sign in unicodedata.normalize("NFKC", letter):
        if not sign.isspace() and sign not in NOTHING:
            yield SAME.get(sign, sign)


class _Signs(dict[int, str]):
    """What each letter counts as, looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(signs(chr(code)))
        return self[code]


SIGNS = _Signs()


def plain(text: str) -> str:
    """Return text as it is compared."""
    return text.translate(SIGNS)


class Pages:
    """What the pages of an open document say, each read once; letter by letter only where that is asked."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.looked: dict[int, Looked] = {}
        self.texts: dict[int, str] = {}
        self.known: dict[int, list[Letter]] = {}

    def __len__(self) -> int:
        return len(self.document)

    def look(self, number: int) -> Looked:
        """Return what is known of a page, and keep what it says."""
        if number not in self.looked:
            page = self.document[number]
            words = page.get_textpage()
            text = words.get_text_range()
            self.looked[number] = looked_at(page, words, text)
            self.texts[number] = plain(text)
            words.close()
            page.close()
        return self.looked[number]

    def says(self, number: int, wanted: str) -> bool:
        """Tell whether a page may say something: a quick look before a close one."""
        self.look(number)
        return wanted in self.texts[number]

    def may_break(self, number: int, wanted: str) -> bool:
        """Tell whether a page may say the beginning of something and the next its end.

        What a page says is looked through, not its letters: reading those takes a hundred times as long.
        """
        self.look(number)
        self.look(number + 1)
        first, second, size = self.texts[number], self.texts[number + 1], len(wanted)
        if wanted[:PIECE] not in first or wanted[-PIECE:] not in second:
            return False
        begun = _longest(size, lambda count: wanted[:count] in first)
        return begun + _longest(size, lambda count: wanted[size - count :] in second) >= size

    def letters(self, number: int) -> list[Letter]:
        if number not in self.known:
            page = self.document[number]
            words = page.get_textpage()
            self.known[number] = list(_letters(words))
            words.close()
            page.close()
        return self.known[number]

    def text(self, number: int) -> str:
        return "".join(letter.sign for letter in self.letters(number))


def _letters(words: Any) -> Iterator[Letter]:
    line = 0
    for index in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words, index)
        if code in (10, 13):
            line += 1
        elif code < 0x110000 and not 0xD800 <= code < 0xE000:
            for sign in SIGNS[code]:
                yield Letter(sign, index, line)


def _longest(size: int, holds: Callable[[int], bool]) -> int:
    """Return the largest count up to a size for which something holds that holds for each smaller one."""
    low, high = 0, size
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def find(
    pages: Pages, exact: str, *, before: str = "", after: str = "", near: int | None = None
) -> list[Found]:
    """Return where a quotation stands: one stretch, or two where a page breaks it; none where it is not.

    Of several places the one counts that has the words before and after it; else the one nearest to `near`,
    the page it is said to stand on; else the first.
    """
    wanted = plain(exact)
    if not wanted:
        return []
    places = [place for number in range(len(pages)) for place in _on_page(pages, number, wanted)]
    if not places:
        places = [place for number in range(len(pages) - 1) for place in _over_break(pages, number, wanted)]
    if not places:
        return []
    around = plain(before), plain(after)
    return min(places, key=lambda place: (-_fits(pages, place, *around), _away(place, near)))


def _on_page(pages: Pages, number: int, wanted: str) -> Iterator[list[Found]]:
    if not pages.says(number, wanted):
        return
    text, letters = pages.text(number), pages.letters(number)
    at = text.find(wanted)
    while at >= 0:
        yield [_stretch(number, letters[at : at + len(wanted)])]
        at = text.find(wanted, at + 1)


def _over_break(pages: Pages, number: int, wanted: str) -> Iterator[list[Found]]:
    """Look for a quotation that begins on a page and ends on the next, around the foot and the head."""
    if not pages.may_break(number, wanted):
        return
    first, second = pages.letters(number), pages.letters(number + 1)
    if not first or not second:
        return
    feet = sorted({letter.line for letter in first})[-FURNITURE:]
    heads = sorted({letter.line for letter in second})[:FURNITURE]
    for foot in [None, *reversed(feet)]:
        above = [letter for letter in first if foot is None or letter.line < foot]
        for head in [None, *heads]:
            below = [letter for letter in second if head is None or letter.line > head]
            joined = "".join(letter.sign for letter in above[-len(wanted) :])
            at = (joined + "".join(letter.sign for letter in below[: len(wanted)])).find(wanted)
            if at >= 0:
                tail = above[-len(wanted) :][at:]
                yield [_stretch(number, tail), _stretch(number + 1, below[: len(wanted) - len(tail)])]
                return


def _stretch(number: int, letters: list[Letter]) -> Found:
    return Found(number, letters[0].index, letters[-1].index + 1)


def _fits(pages: Pages, place: list[Found], before: str, after: str) -> int:
    """Return how many letters around a place are those that should be there."""
    first = [letter.sign for letter in pages.letters(place[0].page) if letter.index < place[0].start]
    last = [letter.sign for letter in pages.letters(place[-1].page) if letter.index >= place[-1].end]
    same_before = _run(reversed(before), reversed(first))
    return same_before + _run(iter(after), iter(last))


def _run(wanted: Iterator[str], there: Iterator[str]) -> int:
    count = 0
    for one, other in zip(wanted, there, strict=False):
        if one != other:
            break
        count += 1
    return count


def _away(place: list[Found], near: int | None) -> int:
    return abs(place[0].page - near) if near is not None else 0


def rects_of(document: Any, found: Found) -> list[Rect]:
    """Return the boxes around a stretch, line by line, in the file's own places: left, bottom, right, top."""
    page = document[found.page]
    words = page.get_textpage()
    count = raw.FPDFText_CountRects(words, found.start, found.end - found.start)
    boxes = [words.get_rect(number) for number in range(max(0, count))]
    words.close()
    page.close()
    return [tuple(map(float, box)) for box in boxes]  # type: ignore[misc]

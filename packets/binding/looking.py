"""What is known of each page that is bound: its paper, its letters, what is covered."""

from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

# Words that stand in every few lines of English and hardly in other languages of Latin letters.
ENGLISH = frozenset(
    [
        *("the", "of", "and", "to", "in", "is", "that", "was", "for", "on", "with", "as", "by", "at", "from"),
        *("this", "are", "were", "be", "which"),
    ]
)
MOST_DRAWINGS = 400  # of one page that are looked at for black boxes
SMALLEST = 6.0  # points of a black box's sides


@dataclass(frozen=True)
class Looked:
    """One page. `foreign` counts letters of other alphabets, `english` the commonest English words.

    `covered`: letters lie under a box of black, which whoever copies the text reads.
    """

    width: float
    height: float
    letters: int
    foreign: int
    words: int
    english: int
    covered: bool


def looked_at(page: Any, words: Any, text: str) -> Looked:
    """Return what is known of a page that is open, with its words."""
    letters = [letter for letter in text if letter.isalpha()]
    split = text.lower().split()
    width, height = page.get_size()
    return Looked(
        width=round(width, 1),
        height=round(height, 1),
        letters=len(letters),
        foreign=sum(letter > "\u024f" for letter in letters),
        words=len(split),
        english=sum(word in ENGLISH for word in split),
        covered=bool(letters) and _is_covered(page, words),
    )


def _is_covered(page: Any, words: Any) -> bool:
    """Tell whether letters lie under what is filled with black."""
    for number in range(min(raw.FPDFPage_CountObjects(page), MOST_DRAWINGS)):
        thing = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH or not _is_black(thing):
            continue
        left, bottom, right, top = _bounds(thing)
        if right - left < SMALLEST or top - bottom < SMALLEST:
            continue
        if words.get_text_bounded(left, bottom, right, top).strip() and not _is_light(
            words, left, bottom, right, top
        ):
            return True
    return False


def _is_black(thing: Any) -> bool:
    red, green, blue, alpha = (c_uint() for _each in range(4))
    if not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return False
    fill, stroke = c_int(), c_int()
    if not raw.FPDFPath_GetDrawMode(thing, fill, stroke) or not fill.value:
        return False
    return max(red.value, green.value, blue.value) < 40 and alpha.value > 200


def _bounds(thing: Any) -> tuple[float, float, float, float]:
    sides = [c_float() for _each in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _is_light(words: Any, left: float, bottom: float, right: float, top: float) -> bool:
    """Tell whether the letters in a box are drawn light on its black, as a heading is."""
    index = raw.FPDFText_GetCharIndexAtPos(
        words, (left + right) / 2, (bottom + top) / 2, right - left, top - bottom
    )
    if index < 0:
        return False
    red, green, blue, alpha = (c_uint() for _each in range(4))
    raw.FPDFText_GetFillColor(words, index, red, green, blue, alpha)
    return min(red.value, green.value, blue.value) > 150

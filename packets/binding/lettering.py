"""Lay what was recognized on a page that is a picture over it, as text that is not drawn.

Then it can be searched, and a quotation found and marked, as on any page.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary, Pdf

from foundation.files.rebuilder.lettering import helvetica
from packets.binding.finding import Pages
from packets.binding.saving import saved
from packets.binding.sheet import sheet_of
from packets.binding.stamping import as_drawing

Words = Sequence[Sequence[Any]]  # each: the word, left, top, right, bottom in shares of the page as shown
WIDE = 0.5  # of its size: about what a letter of Helvetica takes


def wanted(there: Pages, said: Mapping[str, Words]) -> dict[int, Words]:
    """Return what is to be laid over which page, from 0: pages that say something themselves keep it."""
    pages = {int(page) - 1: words for page, words in said.items() if words}
    return {n: words for n, words in pages.items() if n < len(there) and not there.look(n).letters}


def lettered(raw: bytes, said: Mapping[int, Words]) -> bytes:
    """Return a file with words over its pages."""
    with pikepdf.open(io.BytesIO(raw), suppress_warnings=True) as pdf:
        font = helvetica(pdf)
        for number, words in said.items():
            _letter(pdf, pdf.pages[number].obj, words, font)
        return saved(pdf)


def _letter(pdf: Pdf, page: Any, words: Words, font: Any) -> None:
    sheet, drawn = sheet_of(page), as_drawing(pdf, page)
    resources = Dictionary(Font=Dictionary({"/Said": font}))
    before = b""
    if drawn is not None:
        resources["/XObject"] = Dictionary({"/PacketInner": drawn})
        before = b"q /PacketInner Do Q "
    matrix = " ".join(f"{part:.5f}" for part in sheet.matrix).encode()
    lines = [_line(word, *map(float, box), wide=sheet.width, high=sheet.height) for word, *box in words]
    page["/Resources"] = resources
    page["/Contents"] = pdf.make_stream(b"%sq %s cm BT 3 Tr %s ET Q" % (before, matrix, b" ".join(lines)))


def _line(
    word: str, left: float, top: float, right: float, bottom: float, *, wide: float, high: float
) -> bytes:
    """Return what puts a word at its place; nothing where the font has not its letters."""
    try:
        text = str(word).encode("cp1252")
    except UnicodeEncodeError:
        return b""
    size = max(1.0, (bottom - top) * high)
    stretch = min(max((right - left) * wide / (size * WIDE * max(1, len(text))) * 100, 10.0), 400.0)
    place = (size, stretch, left * wide, (1 - bottom) * high)
    return b"/Said %.2f Tf %.1f Tz 1 0 0 1 %.2f %.2f Tm <%s> Tj" % (*place, (text + b" ").hex().encode())

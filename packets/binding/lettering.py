"""Lay what was recognized on a page that is a picture over it, as text that is not drawn.

Then it can be searched, and a quotation found and marked, as on any page.
"""

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from packets.binding.finding import Pages
from packets.binding.saving import saved
from packets.binding.sheet import sheet_of
from packets.binding.stamping import as_drawing

Words = Sequence[Sequence[Any]]  # each: the word, left, top, right, bottom in shares of the page as shown
WIDE = 0.5  # of its size: how wide each letter of these fonts is
OF_A_FONT = 255  # letters, for a code is a byte
NUMBER = re.compile(
    r"[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,/:\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]+)*"
)
MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Said def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
%d beginbfchar
%s
endbfchar endcmap end end"""


def wanted(there: Pages, said: Mapping[str, Words]) -> dict[int, Words]:
    """Return what is to be laid over which page, from 0: pages that say something themselves keep it."""
    pages = {int(page) - 1: words for page, words in said.items() if words}
    return {n: words for n, words in pages.items() if n < len(there) and not there.look(n).letters}


def lettered(raw: bytes, said: Mapping[int, Words]) -> bytes:
    """Return a file with words over its pages."""
    with pikepdf.open(io.BytesIO(raw), suppress_warnings=True) as pdf:
        letters = sorted({letter for words in said.values() for word, *_box in words for letter in str(word)})
        alphabet = _Alphabet(pdf, [" ", *letters])
        for number, words in said.items():
            _letter(pdf, pdf.pages[number].obj, words, alphabet)
        return saved(pdf)


def as_seen(word: str) -> str:
    """Return a word in the order in which its letters stand on paper, from left to right, as a PDF wants it.

    A number inside a word that is read from the right is read from the left all the same.
    """
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in word):
        return word
    return NUMBER.sub(lambda number: number[0][::-1], word)[::-1]


class _Alphabet:
    """Fonts with the letters of any script and nothing to draw: each says which letter a code means."""

    def __init__(self, pdf: Pdf, letters: Sequence[str]) -> None:
        parts = [letters[n : n + OF_A_FONT] for n in range(0, len(letters), OF_A_FONT)]
        self.fonts = {f"Said{n}": _font(pdf, part) for n, part in enumerate(parts)}
        self.codes = {
            letter: (name, code)
            for name, part in zip(self.fonts, parts, strict=True)
            for code, letter in enumerate(part)
        }

    def shown(self, text: str, size: float) -> bytes:
        """Return what shows these letters, one after another."""
        said = []
        for name, run in groupby((self.codes[letter] for letter in text), key=lambda pair: pair[0]):
            codes = bytes(code for _name, code in run).hex()
            said.append(f"/{name} {size:.2f} Tf <{codes}> Tj")
        return " ".join(said).encode()


def _font(pdf: Pdf, letters: Sequence[str]) -> Any:
    names = [Name(f"/l{code}") for code in range(len(letters))]
    nothing = pdf.make_stream(b"500 0 0 -200 500 800 d1")
    lines = (f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in enumerate(letters))
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, -200, 500, 800],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary({str(name): nothing for name in names}),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([0, *names])),
        FirstChar=0,
        LastChar=len(letters) - 1,
        Widths=[500] * len(letters),
        Resources=Dictionary(),
        ToUnicode=pdf.make_stream((MAP % (len(letters), "\n".join(lines))).encode()),
    )
    return pdf.make_indirect(font)


def _letter(pdf: Pdf, page: Any, words: Words, alphabet: _Alphabet) -> None:
    sheet, drawn = sheet_of(page), as_drawing(pdf, page)
    resources = Dictionary(Font=Dictionary({f"/{name}": font for name, font in alphabet.fonts.items()}))
    before = b""
    if drawn is not None:
        resources["/XObject"] = Dictionary({"/PacketInner": drawn})
        before = b"q /PacketInner Do Q "
    matrix = " ".join(f"{part:.5f}" for part in sheet.matrix).encode()
    lines = [
        _line(as_seen(str(word)), *map(float, box), wide=sheet.width, high=sheet.height, alphabet=alphabet)
        for word, *box in words
    ]
    page["/Resources"] = resources
    page["/Contents"] = pdf.make_stream(b"%sq %s cm BT 3 Tr %s ET Q" % (before, matrix, b" ".join(lines)))


def _line(
    word: str,
    left: float,
    top: float,
    right: float,
    bottom: float,
    *,
    wide: float,
    high: float,
    alphabet: _Alphabet,
) -> bytes:
    """Return what puts a word at its place."""
    size = max(1.0, (bottom - top) * high)
    stretch = min(max((right - left) * wide / (size * WIDE * max(1, len(word))) * 100, 10.0), 400.0)
    place = (stretch, left * wide, (1 - bottom) * high)
    return b"%.1f Tz 1 0 0 1 %.2f %.2f Tm %s" % (*place, alphabet.shown(f"{word} ", size))

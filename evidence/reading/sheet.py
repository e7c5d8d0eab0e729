"""The words of a PDF's page with the place of each, and the pieces of text they make."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from evidence.reading.layout import APART, Piece
from evidence.reading.lines import CUT

BREAKS = "\r\n"
HYPHEN = "\x02"  # what pdfium says for one at the end of a line
QUARTER = math.pi / 2
# What fonts draw as one letter.
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
SPACES = re.compile(r"[ \t\u2002-\u200a]+")
LONGEST_NOTE = 20_000  # bytes
SAMPLE = 200  # letters of a page
UNPAIRED = re.compile(r"[\ud800-\udfff\0]")


class Word(NamedTuple):
    """One word and its box, turned so that the page's text stands upright."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Sheet:
    """A page's words line by line as the file has them, how high it is, and how many letters map to nothing.

    `aside` are lines that stand across the others, as a stamp on the edge does.
    """

    lines: list[list[Word]]
    aside: list[str]
    height: float
    errors: int

    @property
    def text(self) -> str:
        """All words as they come, for a look at what they mean."""
        return " ".join(word.text for line in self.lines for word in line)

    @classmethod
    def of(cls, page: Any, words: Any) -> "Sheet":
        """Return the sheet of a page and its text, as pdfium gives them."""
        lines = [line for line in _lines(words) if line]
        turns = [_turn(words, line[0][0]) for line in lines]
        usual = Counter({turn: 0 for turn in turns})
        for line, turn in zip(lines, turns, strict=True):
            usual[turn] += len(line)
        upright = max(usual, key=lambda turn: usual[turn], default=0)
        width, height = page.get_mediabox()[2:]
        straight = [line for line, turn in zip(lines, turns, strict=True) if turn == upright]
        across = [line for line, turn in zip(lines, turns, strict=True) if turn != upright]
        place = Place(words, upright, width, height)
        return cls(
            [[place.of(word) for word in _words(line)] for line in straight],
            [clean("".join(said for _index, said in line)) for line in across],
            width if upright % 2 else height,
            _errors(words, [index for line in lines for index, _said in line]),
        )


def _lines(words: Any) -> Iterator[list[tuple[int, str]]]:
    """Yield the letters of each line of a page's text with their numbers."""
    line: list[tuple[int, str]] = []
    for index in range(pdfium.FPDFText_CountChars(words)):
        said = chr(pdfium.FPDFText_GetUnicode(words, index) or 0xFFFD)
        said = CUT if said == HYPHEN else said
        if said in BREAKS:
            yield line
            line = []
        else:
            line.append((index, said))
    yield line


def _turn(words: Any, index: int) -> int:
    """Return by how many quarters a letter is turned."""
    angle = pdfium.FPDFText_GetCharAngle(words, index)
    return round(angle / QUARTER) % 4 if angle >= 0 else 0


def _errors(words: Any, indexes: Sequence[int]) -> int:
    """Return how many letters the file maps to nothing, reckoned from some of them."""
    some = indexes[:: max(1, len(indexes) // SAMPLE)]
    wrong = sum(pdfium.FPDFText_HasUnicodeMapError(words, index) == 1 for index in some)
    return wrong * len(indexes) // max(1, len(some))


def _words(line: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Yield the words of a line: its letters between spaces; a hyphen at a printed line's end ends one."""
    word: list[tuple[int, str]] = []
    for letter in line:
        is_space = bool(SPACES.fullmatch(letter[1]))
        word += [] if is_space else [letter]
        if word and (is_space or letter[1] == CUT):
            yield word
            word = []
    if word:
        yield word


class Place:
    """Finds the box of each word, turned so that the page's text stands upright.

    `turn` counts the quarters by which the file has it turned.
    """

    def __init__(self, words: Any, turn: int, width: float, height: float) -> None:
        self.words, self.turn, self.width, self.height = words, turn, width, height
        self.box = pdfium.FS_RECTF()
        self.pointer = ctypes.byref(self.box)

    def of(self, letters: Sequence[tuple[int, str]]) -> Word:
        """Return a word in its place: from its first letter to its last, whichever way it is read."""
        one, other = self._box(letters[0][0]), self._box(letters[-1][0])
        left, right = min(one[0], other[0]), max(one[1], other[1])
        bottom, top = min(one[2], other[2]), max(one[3], other[3])
        return Word("".join(said for _index, said in letters), *self._turned(left, right, bottom, top))

    def _box(self, index: int) -> tuple[float, float, float, float]:
        pdfium.FPDFText_GetLooseCharBox(self.words, index, self.pointer)
        return self.box.left, self.box.right, self.box.bottom, self.box.top

    def _turned(
        self, left: float, right: float, bottom: float, top: float
    ) -> tuple[float, float, float, float]:
        wide, high = self.width, self.height
        if self.turn == 1:
            return bottom, top, wide - right, wide - left
        if self.turn == 2:
            return wide - right, wide - left, high - top, high - bottom
        if self.turn == 3:
            return high - top, high - bottom, left, right
        return left, right, bottom, top


def pieces_of(lines: Sequence[Sequence[Word]]) -> list[Piece]:
    """Return the words as pieces: a line is cut where the white is wider than a space can be."""
    pieces = []
    for line in lines:
        piece: list[Word] = []
        for word in line:
            if piece and _is_apart(piece[-1], word):
                pieces.append(piece)
                piece = []
            piece.append(word)
        pieces.append(piece)
    return [one for piece in pieces if piece and (one := _piece(piece)).text]


def _is_apart(last: Word, word: Word) -> bool:
    high = max(last.top - last.bottom, word.top - word.bottom, 1.0)
    white = max(word.left - last.right, last.left - word.right)
    return white > APART * high or abs(word.bottom - last.bottom) > high


def _piece(words: Sequence[Word]) -> Piece:
    return Piece(
        clean(" ".join(word.text for word in words)),
        min(word.left for word in words),
        max(word.right for word in words),
        min(word.bottom for word in words),
        max(word.top for word in words),
    )


def clean(text: str) -> str:
    """Return the words of a line: ligatures as letters, one space for any."""
    return SPACES.sub(" ", UNPAIRED.sub("", text.translate(LIGATURES))).strip()


def typed_on(page: Any) -> list[str]:
    """Return the notes typed on a page: some writers leave it to the reader to draw them."""
    notes = []
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        if note and pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_FREETEXT:
            notes.append(clean(_said_by(note)))
        pdfium.FPDFPage_CloseAnnot(note)
    return [note for note in notes if note]


def _said_by(note: Any) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    held = (ctypes.c_ushort * (min(size, LONGEST_NOTE) // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, b"Contents", held, ctypes.sizeof(held))
    return bytes(held).decode("utf-16-le", "replace").rstrip("\0").replace("\r", " ").replace("\n", " ")

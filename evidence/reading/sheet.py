"""The letters of a PDF's page with the place of each, and the pieces of text they make."""

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


class Letter(NamedTuple):
    """One letter and its box, turned so that the page's text stands upright."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Sheet:
    """A page's letters line by line as the file has them, how high it is, and how many map to nothing.

    `aside` are lines that stand across the others, as a stamp on the edge does.
    """

    lines: list[list[Letter]]
    aside: list[str]
    height: float
    errors: int

    @property
    def letters(self) -> str:
        """All letters as they come, for a look at what they mean."""
        return " ".join("".join(letter.text for letter in line) for line in self.lines)

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
            [[place.of(index, said) for index, said in line] for line in straight],
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


class Place:
    """Finds the box of each letter, turned so that the page's text stands upright."""

    def __init__(self, words: Any, turn: int, width: float, height: float) -> None:
        self.words, self.turn, self.width, self.height = words, turn, width, height
        self.box = pdfium.FS_RECTF()
        self.pointer = ctypes.byref(self.box)

    def of(self, index: int, said: str) -> Letter:
        """Return one letter in its place; `turn` counts the quarters by which the file has it turned."""
        pdfium.FPDFText_GetLooseCharBox(self.words, index, self.pointer)
        box = self.box
        if not self.turn:
            return Letter(said, box.left, box.right, box.bottom, box.top)
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        if self.turn == 1:
            return Letter(said, bottom, top, self.width - right, self.width - left)
        if self.turn == 2:
            return Letter(
                said, self.width - right, self.width - left, self.height - top, self.height - bottom
            )
        return Letter(said, self.height - top, self.height - bottom, left, right)


def pieces_of(lines: Sequence[Sequence[Letter]]) -> list[Piece]:
    """Return the letters as pieces: a line is cut where the white is wider than a space can be."""
    pieces = []
    for line in lines:
        piece: list[Letter] = []
        for letter in line:
            if piece and not letter.text.isspace() and _is_apart(piece, letter):
                pieces.append(piece)
                piece = []
            piece.append(letter)
        pieces.append(piece)
    return [one for one in map(_piece, pieces) if one.text]


def _is_apart(piece: Sequence[Letter], letter: Letter) -> bool:
    last = next((one for one in reversed(piece) if not one.text.isspace()), piece[-1])
    high = max(last.top - last.bottom, letter.top - letter.bottom, 1.0)
    white = max(letter.left - last.right, last.left - letter.right)
    return white > APART * high or abs(letter.bottom - last.bottom) > high


def _piece(letters: Sequence[Letter]) -> Piece:
    seen = [one for one in letters if not one.text.isspace()] or letters
    text = clean("".join(one.text for one in letters))
    if not letters:
        return Piece("", 0, 0, 0, 0)
    return Piece(
        text,
        min(one.left for one in seen),
        max(one.right for one in seen),
        min(one.bottom for one in seen),
        max(one.top for one in seen),
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

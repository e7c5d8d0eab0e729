"""Text drawn into a box as a reader would: what somebody typed onto a page or into a form.

Plain letters (Helvetica, one of the fonts every reader has) in the alphabet of Western Europe. What has other
letters cannot be drawn without a font of theirs; whoever asks is told so.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pikepdf import Dictionary, Name, Pdf

ENCODING = "cp1252"  # WinAnsiEncoding
# Widths of Helvetica from the space to the tilde, in thousandths (Adobe Font Metrics of the standard fonts).
WIDTHS = [
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
]
USUAL, SMALLEST, LEADING, ASCENT, MARGIN = 12.0, 4.0, 1.15, 0.95, 2.0
LEFT, CENTERED, RIGHT = 0, 1, 2
SIZE = re.compile(rb"([-+.\d]+)\s+Tf")
COLOUR = re.compile(rb"((?:[-+.\d]+\s+){1,4})(g|rg|k)\b")


@dataclass(frozen=True)
class Style:
    """How text is to look: its size in points (0: as fits), the operators of its color, where lines begin."""

    size: float = 0
    colour: bytes = b"0 g"
    align: int = LEFT
    is_multiline: bool = False
    comb: int = 0


def style_of(appearance: bytes, **more: Any) -> Style:
    """Return the style of a default appearance string ("/Helv 12 Tf 0 g")."""
    size, colour = SIZE.search(appearance), COLOUR.search(appearance)
    found = abs(_number(size.group(1))) if size else 0
    return Style(found, b" ".join(colour.group(0).split()) if colour else b"0 g", **more)


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0


def drawn(text: str, width: float, height: float, style: Style) -> bytes | None:
    """Return the operators that draw text into a box, or None where a letter or the room is lacking."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return None
    if style.comb:
        return _combed(text, width, height, style)
    for size in _sizes(style, height):
        lines = _lines(text, size, width - 2 * MARGIN, wrap=style.is_multiline)
        if _fits(lines, size, width, height):
            return _written(lines, size, width, height, style)
    return None


def _sizes(style: Style, height: float) -> list[float]:
    """Return the sizes to try, the wanted one first: better small than cut off."""
    first = style.size or (USUAL if style.is_multiline else max(SMALLEST, min(USUAL, height * 0.7)))
    smaller = [size / 2 for size in range(int(first * 2) - 1, int(SMALLEST * 2) - 1, -1)]
    return [first, *smaller]


def _lines(text: str, size: float, width: float, *, wrap: bool) -> list[str]:
    paragraphs = text.split("\n") if wrap else [" ".join(text.split("\n"))]
    if not wrap:
        return paragraphs
    lines = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, size) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _fits(lines: list[str], size: float, width: float, height: float) -> bool:
    tall = size * (ASCENT + LEADING * (len(lines) - 1))
    return tall <= height and all(width_of(line, size) <= width for line in lines)


def _written(lines: list[str], size: float, width: float, height: float, style: Style) -> bytes:
    first = height - MARGIN - size * ASCENT if style.is_multiline else (height - size * 0.7) / 2
    places = [
        (_start(line, size, width, style.align), first - n * size * LEADING) for n, line in enumerate(lines)
    ]
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise([(0.0, 0.0), *places])]
    shown = [
        b"%.2f %.2f Td (%b) Tj" % (*move, _escaped(line)) for move, line in zip(moves, lines, strict=True)
    ]
    return b"q BT %b /Helv %.2f Tf %b ET Q" % (style.colour, size, b" ".join(shown))


def _start(line: str, size: float, width: float, align: int) -> float:
    room = width - width_of(line, size)
    return {CENTERED: room / 2, RIGHT: room - MARGIN}.get(align, MARGIN)


def _combed(text: str, width: float, height: float, style: Style) -> bytes | None:
    """Draw each letter into a cell of its own, as forms for numbers have them."""
    cell = width / style.comb
    size = min(style.size or USUAL, height * 0.9)
    if len(text) > style.comb or "\n" in text:
        return None
    places = [n * cell + (cell - width_of(letter, size)) / 2 for n, letter in enumerate(text)]
    moves = [b - a for a, b in pairwise([0.0, *places])]
    shown = [
        b"%.2f 0 Td (%b) Tj" % (move, _escaped(letter)) for move, letter in zip(moves, text, strict=True)
    ]
    up = b"0 %.2f Td" % ((height - size * 0.7) / 2)
    return b"q BT %b /Helv %.2f Tf %b %b ET Q" % (style.colour, size, up, b" ".join(shown))


def width_of(text: str, size: float) -> float:
    """Return how wide a line is; a letter with a mark is as wide as the letter."""
    plain = unicodedata.normalize("NFD", text)
    letters = [ord(c) for c in plain if not unicodedata.combining(c)]
    return sum(WIDTHS[c - 32] if 32 <= c < 127 else 556 for c in letters) * size / 1000


def _escaped(line: str) -> bytes:
    content = line.encode(ENCODING)
    return re.sub(rb"([()\\])", rb"\\\1", content)


def helvetica(pdf: Pdf) -> Any:
    """Return the font for letters that every reader has."""
    letters = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    return pdf.make_indirect(letters)


def fonts(pdf: Pdf) -> Any:
    """Return resources with the two fonts that every reader has: letters, and ticks."""
    ticks = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    return Dictionary(Font=Dictionary(Helv=helvetica(pdf), ZaDb=pdf.make_indirect(ticks)))

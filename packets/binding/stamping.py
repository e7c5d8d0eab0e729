"""The number of a page: upright at the bottom in the middle as the page is shown, on a plate of white.

What stood on the page becomes one drawing of its own (a form XObject). Whatever state it leaves behind, an
unbalanced q or Q, an open text, ends with it, and the number is drawn as on an empty page.
"""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from packets.binding.paper import LETTER
from packets.binding.sheet import Sheet, sheet_of

DRAWN, NUMBER = "/PacketPage", "/PacketNumber"
SIZE, ABOVE, AROUND = 11.0, 15.0, 3.0  # points: of the letters, from the lower edge, of white around them
WIDTHS = {".": 0.278, " ": 0.278}  # of Helvetica Bold, in ems; a digit is as below
DIGIT = 0.556
SMALLEST = 0.7  # of the size on US Letter


def font_of(pdf: Pdf) -> Any:
    """Return the font of the numbers for one file."""
    named = {
        "/Type": Name.Font,
        "/Subtype": Name.Type1,
        "/BaseFont": Name("/Helvetica-Bold"),
        "/Encoding": Name.WinAnsiEncoding,
    }
    return pdf.make_indirect(Dictionary(named))


def stamp(pdf: Pdf, page: Any, label: str, font: Any) -> Any:
    """Put a number on a page and return the drawing of what stood there, or None for an empty page."""
    sheet = sheet_of(page)
    drawn = as_drawing(pdf, page)
    resources = Dictionary(Font=Dictionary({NUMBER: font}))
    before = b""
    if drawn is not None:
        resources["/XObject"] = Dictionary({DRAWN: drawn})
        before = b"q %s Do Q\n" % DRAWN.encode()
    page["/Resources"] = resources
    page["/Contents"] = pdf.make_stream(before + _number(sheet, label))
    return drawn


def as_drawing(pdf: Pdf, page: Any) -> Any:
    """Return what a page draws as one form XObject with the page's resources."""
    contents = page.get("/Contents")
    if isinstance(contents, Array):
        pikepdf.Page(page).contents_coalesce()
        contents = page.get("/Contents")
    if contents is None:
        return None
    contents["/Type"], contents["/Subtype"] = Name.XObject, Name.Form
    contents["/BBox"] = page.get("/MediaBox", Array([0, 0, *map(int, LETTER)]))
    contents["/Resources"] = page.get("/Resources", Dictionary())
    return contents


def scale_of(sheet: Sheet, label: str) -> float:
    """Return how much larger or smaller than on US Letter a number is: as printed, yet legible."""
    short, long = sorted((sheet.width, sheet.height))
    fits = sheet.width * 0.8 / (_width(label) * SIZE)
    return min(max(SMALLEST, min(short / LETTER[0], long / LETTER[1])), fits)


def _width(label: str) -> float:
    return sum(WIDTHS.get(letter, DIGIT) for letter in label)


def _number(sheet: Sheet, label: str) -> bytes:
    scale = scale_of(sheet, label)
    size = SIZE * scale
    width = _width(label) * size
    x, y, around = (sheet.width - width) / 2, min(ABOVE * scale, sheet.height / 8), AROUND * scale
    matrix = " ".join(f"{part:.5f}" for part in sheet.matrix)
    plate = f"{x - around:.3f} {y - around:.3f} {width + 2 * around:.3f} {size * 0.72 + 2 * around:.3f} re f"
    text = f"BT {NUMBER} {size:.3f} Tf {x:.3f} {y:.3f} Td ({label}) Tj ET"
    return f"q {matrix} cm 1 g {plate} 0 g {text} Q".encode("ascii")

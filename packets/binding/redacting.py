"""Take out what lies under a box: the page becomes a picture with black where it was, and a text without it.

Nothing of the old page is left in the file. What is readable outside the boxes stays searchable: it lies over
the picture as text that is not drawn. Letters beyond Western Europe are in the picture alone.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw
from pikepdf import Dictionary, Name, Page, Pdf
from PIL import Image, ImageDraw

from foundation.files.rebuilder.lettering import helvetica
from foundation.files.rebuilder.refusal import Unfit
from packets.binding.finding import Found, Letter, Pages, Rect, plain, rects_of
from packets.binding.sheet import Sheet, sheet_of

DOTS, MOST_PIXELS, QUALITY = 200, 40_000_000, 85
SPREAD = 1.0  # points around a word's letters
DARK = 60  # of 255: what a picture packed with loss makes of black


@dataclass(frozen=True)
class Redaction:
    """What is to go: words wherever they stand, and boxes by page in shares of the page as it is shown."""

    words: tuple[str, ...] = ()
    boxes: tuple[tuple[int, float, float, float, float], ...] = ()


def boxes_of(pdf: Pdf, document: Any, asked: Redaction) -> dict[int, list[Rect]]:
    """Return the boxes of each page that has any, by its number from 0, in the file's own places.

    Raises Unfit where words that are to go stand nowhere: somebody would think that they are gone.
    """
    boxes: dict[int, list[Rect]] = {}
    for number, *share in asked.boxes:
        if not 0 < number <= len(pdf.pages):
            raise Unfit("redaction_page")
        left, bottom, right, top = sheet_of(pdf.pages[number - 1].obj).box_of(*share)
        boxes.setdefault(number - 1, []).append((left, bottom, right, top))
    pages = Pages(document)
    for word in filter(None, map(plain, asked.words)):
        # Letter by letter: a quick look that misses one would leave a name.
        places = [place for number in range(len(pages)) for place in _places(pages, number, word)]
        if not places:
            raise Unfit("redaction_not_found")
        for place in places:
            around = [
                (a - SPREAD, b - SPREAD, c + SPREAD, d + SPREAD) for a, b, c, d in rects_of(document, place)
            ]
            boxes.setdefault(place.page, []).extend(around)
    return boxes


def _places(pages: Pages, number: int, word: str) -> Iterator[Found]:
    """Yield where a word stands by itself on a page, in capitals or not."""
    letters = pages.letters(number)
    text, wanted = "".join(map(_small, (letter.sign for letter in letters))), "".join(map(_small, word))
    at = text.find(wanted)
    while at >= 0:
        last = at + len(wanted) - 1
        if not _joined(letters, at - 1, at) and not _joined(letters, last, last + 1):
            yield Found(number, letters[at].index, letters[last].index + 1)
        at = text.find(wanted, at + 1)


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _joined(letters: list[Letter], first: int, second: int) -> bool:
    """Tell whether two letters belong to one word."""
    if first < 0 or second >= len(letters):
        return False
    one, other = letters[first], letters[second]
    return other.index - one.index == 1 and one.sign.isalnum() and other.sign.isalnum()


def redact(pdf: Pdf, document: Any, number: int, boxes: list[Rect]) -> None:
    """Put a picture without what lies under the boxes in the place of a page, and a text without it."""
    sheet = sheet_of(pdf.pages[number].obj)
    shown = [sheet.shown(*box) for box in boxes]
    picture = painted(document, number, sheet, shown)
    words = list(_words(document, number, boxes))
    page = pdf.add_blank_page(page_size=(sheet.width, sheet.height))
    page.obj["/Resources"] = Dictionary(
        XObject=Dictionary({"/Picture": _image(pdf, picture)}),
        Font=Dictionary({"/Text": helvetica(pdf)}),
    )
    drawn = [f"q {sheet.width:.3f} 0 0 {sheet.height:.3f} 0 0 cm /Picture Do Q BT 3 Tr".encode()]
    drawn += [_line(word, *sheet.shown(*box)) for word, box in words]
    page.obj["/Contents"] = pdf.make_stream(b"\n".join([*drawn, b"ET"]))
    new = pdf.pages[-1].obj
    del pdf.pages[-1]
    pdf.pages[number] = Page(new)


def painted(document: Any, number: int, sheet: Sheet, shown: Iterable[Rect]) -> Image.Image:
    """Return a page as a picture, black where the boxes are, given in points as it is shown."""
    page = document[number]
    dots = min(DOTS, (MOST_PIXELS / (sheet.width * sheet.height)) ** 0.5 * 72)
    across = page.get_size()[0]
    picture: Image.Image = page.render(scale=sheet.width / across * dots / 72, draw_annots=False).to_pil()
    page.close()
    picture = picture.convert("RGB")
    pen, wide, high = ImageDraw.Draw(picture), picture.width / sheet.width, picture.height / sheet.height
    for left, bottom, right, top in shown:
        place = (left * wide, picture.height - top * high, right * wide, picture.height - bottom * high)
        pen.rectangle(place, fill="black")
    return picture


def _image(pdf: Pdf, picture: Image.Image) -> Any:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=QUALITY)
    image = pdf.make_stream(kept.getvalue())
    image["/Type"], image["/Subtype"], image["/Filter"] = Name.XObject, Name.Image, Name.DCTDecode
    image["/Width"], image["/Height"], image["/BitsPerComponent"] = picture.width, picture.height, 8
    image["/ColorSpace"] = Name.DeviceRGB
    return image


def _words(document: Any, number: int, boxes: list[Rect]) -> Iterator[tuple[str, Rect]]:
    """Yield each word of a page that no box touches, with its place in the file."""
    page = document[number]
    words = page.get_textpage()
    letters, places = "", []
    for index in range(words.count_chars() + 1):
        code = raw.FPDFText_GetUnicode(words, index) if index < words.count_chars() else 32
        letter = chr(code) if 0 < code < 0x110000 else " "
        if not letter.isspace():
            letters += letter
            places.append(words.get_charbox(index, loose=True))
        elif letters:
            around = _around(places)
            if not any(_touch(around, box) for box in boxes):
                yield letters, around
            letters, places = "", []
    words.close()
    page.close()


def _around(places: list[Any]) -> Rect:
    lefts, bottoms, rights, tops = zip(*places, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _touch(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _line(word: str, left: float, bottom: float, _right: float, top: float) -> bytes:
    """Return what puts a word at its place without drawing it; nothing where the font has not its letters."""
    try:
        text = (word + " ").encode("cp1252")
    except UnicodeEncodeError:
        return b""
    size = max(1.0, (top - bottom) * 0.8)
    return b"/Text %.2f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj" % (
        size,
        left,
        bottom + size * 0.2,
        text.hex().encode(),
    )


def check(document: Any, number: int, shown: list[Rect]) -> None:
    """Look at a redacted page with other eyes: black under each box, and no letter. Raises Unfit."""
    page = document[number]
    wide, high = page.get_size()
    words = page.get_textpage()
    picture = page.render(scale=1.5, draw_annots=False).to_pil().convert("L")
    for left, bottom, right, top in shown:
        if words.get_text_bounded(left + 0.5, bottom + 0.5, right - 0.5, top - 0.5).strip():
            raise Unfit("redaction_failed")
        across, down = picture.width / wide, picture.height / high
        inner = (left * across + 2, (high - top) * down + 2, right * across - 2, (high - bottom) * down - 2)
        part = picture.crop(tuple(map(int, inner))) if inner[2] - inner[0] > 1 < inner[3] - inner[1] else None
        if part is not None and part.getextrema()[1] > DARK:
            raise Unfit("redaction_failed")
    words.close()
    page.close()

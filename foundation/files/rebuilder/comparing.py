"""A copy looked at beside its original, by another reader than the one that made it: pages, text, pictures.

In: both files (pair.py). Out: codes of what the copy lacks, with the pages. The reader is
PDFium, which also repairs what is damaged, in its own way: what both ways agree on is there.
"""

import io
import time
from collections import Counter

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2.raw import FPDFBitmap_BGRA

from foundation.files.rebuilder import documents, pair
from foundation.files.rebuilder.notes import Notes
from foundation.files.rebuilder.refusal import Unfit

SIDE = 480  # pixels of a page's longer side: a line of print is still seen
DIFFERS, SHARE = 32, 0.002  # by so many of 256 levels, and this share of a page's pixels
SECONDS = 20  # of the processor, for pictures; the text of every page is compared


def warm() -> None:
    """Compare a page of our own with itself."""
    kept = io.BytesIO()
    documents.smallest().save(kept)
    rebuild(pair.packed(kept.getvalue(), kept.getvalue()))


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return codes of what the copy lacks. Raises Unfit: "unread" for the original, "lost" for pages."""
    original, copy = pair.unpacked(content)
    old, new = opened(original, "unread"), opened(copy, "lost")
    if len(new) < len(old):
        raise Unfit("lost")
    notes, until = Notes(), time.process_time() + SECONDS
    for number in range(len(old)):
        compare(old, new, number, notes, pictures=time.process_time() < until)
    return b"compared", notes.codes()


def opened(content: bytes, otherwise: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        raise Unfit(otherwise) from None
    if not len(document):
        raise Unfit(otherwise)
    document.init_forms()  # else it shows no field of a form
    return document


def compare(
    old: pdfium.PdfDocument, new: pdfium.PdfDocument, number: int, notes: Notes, *, pictures: bool
) -> None:
    """Note what a page of the copy lacks. A page the reader cannot show of the original is noted too."""
    try:
        before, after = old[number], new[number]
    except pdfium.PdfiumError:
        notes.add("looks_different", number + 1)
        return
    if letters(before) - letters(after):
        notes.add("text_missing", number + 1)
    if not pictures:
        notes.add("not_compared")
    elif look_different(before, after):
        notes.add("looks_different", number + 1)
    before.close()
    after.close()


def letters(page: pdfium.PdfPage) -> Counter[str]:
    """Return how often each letter stands on a page."""
    words = page.get_textpage()
    text: str = words.get_text_range()
    words.close()
    return Counter(text.replace("\0", "")) - Counter(" \r\n\t" * len(text))


def look_different(before: pdfium.PdfPage, after: pdfium.PdfPage) -> bool:
    scale = SIDE / max(*before.get_size(), 1)
    pictures = [painted(page, scale) for page in (before, after)]
    if pictures[0].size != pictures[1].size:
        return True
    apart = ImageChops.difference(*pictures).point(lambda level: 255 if level > DIFFERS else 0)
    red, green, blue = apart.split()
    any_of = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return any_of.histogram()[255] > SHARE * any_of.width * any_of.height


def painted(page: pdfium.PdfPage, scale: float) -> Image.Image:
    """Return a page as a picture. With room for transparency: else PDFium tints the letters of fields."""
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=FPDFBitmap_BGRA)
    picture = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture

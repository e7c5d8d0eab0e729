"""PDF: the text of each page, with where each page begins. Nothing in the file is run."""

import re
import subprocess
from collections.abc import Iterable, Mapping

import pypdfium2 as pdfium
from django.utils.translation import gettext_lazy as _

from evidence.reading.kinds import MOST_TEXT, Reading, Unreadable, can_recognize

MOST_PAGES = 3000
LINE_END_HYPHEN = re.compile(r"(?<=\w)[\ufffe\u00ad]\s*")
BLANK = re.compile(r"\n{3,}")


def read_pdf(raw: bytes, pictures: Mapping[int, str] | None = None) -> Reading:
    """Return a PDF's text page by page; Unreadable when it is broken, locked or pictures only.

    `pictures` holds what was recognized on pages without text, by their number from 1.
    """
    document = _opened(raw)
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(_("This PDF has more than 3,000 pages. Please split it."))
        return _read(document, pictures or {})
    finally:
        document.close()


def _opened(raw: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(_("This PDF is locked with a password. Save it without one.")) from None
        raise Unreadable(_("This PDF is damaged and cannot be opened. Please get it again.")) from None


def _read(document: pdfium.PdfDocument, pictures: Mapping[int, str]) -> Reading:
    text, pages, empty = "", [], []
    for number in range(len(document)):
        pages.append(len(text))
        found = _page(document, number)
        if not found.strip():
            found = pictures.get(number + 1, "")
        if not found.strip():
            empty.append(number + 1)
        text += found + "\n\n"
        if len(text) > MOST_TEXT:
            break
    if not text.strip():
        raise Unreadable(_no_text())
    return Reading(text, "application/pdf", pages, empty)


def _no_text() -> str:
    if can_recognize():
        return str(_("This PDF holds pictures of pages, no text. Run it through text recognition first."))
    return str(_("This PDF holds pictures of pages, no text. Paste the text, or use a PDF with text."))


def _page(document: pdfium.PdfDocument, number: int) -> str:
    """Return a page's text; a page that cannot be read counts as one without text."""
    try:
        page = document[number]
        words = page.get_textpage()
        found: str = words.get_text_range()
        words.close()
        page.close()
    except pdfium.PdfiumError:
        return ""
    found = LINE_END_HYPHEN.sub("", found.replace("\r\n", "\n").replace("\r", "\n"))
    return BLANK.sub("\n\n", found.replace("\0", ""))


SHARPNESS = 300 / 72  # pixels a point, what recognition was trained on
WIDEST = 5000  # pixels of either side, so that no page takes the memory of the machine
PATIENCE = 60  # seconds a page


def recognize(raw: bytes, pages: Iterable[int]) -> dict[int, str]:
    """Return what tesseract reads on pages that are pictures, by number from 1; nothing where it fails."""
    document = _opened(raw)
    try:
        return {number: _recognized(document, number) for number in pages}
    finally:
        document.close()


def _recognized(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number - 1]
    scale = min(SHARPNESS, WIDEST / max(*page.get_size(), 1))
    bitmap = page.render(scale=scale, grayscale=True)
    rows, step = bytes(bitmap.buffer), bitmap.stride
    lines = b"".join(rows[y * step : y * step + bitmap.width] for y in range(bitmap.height))
    picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + lines
    command = ["tesseract", "stdin", "stdout", "-l", "eng"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=PATIENCE, check=True)
    except (subprocess.SubprocessError, OSError):
        return ""
    return BLANK.sub("\n\n", done.stdout.decode("utf-8", "replace").replace("\f", "")).strip()

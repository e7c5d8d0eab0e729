"""PDF: the text of each page, with where each page begins. Nothing in the file is run."""

import re

import pypdfium2 as pdfium
from django.utils.translation import gettext_lazy as _

from evidence.reading.kinds import MOST_TEXT, Reading, Unreadable, can_recognize

MOST_PAGES = 3000
LINE_END_HYPHEN = re.compile(r"(?<=\w)[\ufffe\u00ad]\s*")
BLANK = re.compile(r"\n{3,}")


def read_pdf(raw: bytes) -> Reading:
    """Return a PDF's text page by page; Unreadable when it is broken, locked or pictures only."""
    document = _opened(raw)
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(_("This PDF has more than 3,000 pages. Please split it."))
        return _read(document)
    finally:
        document.close()


def _opened(raw: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(_("This PDF is locked with a password. Save it without one.")) from None
        raise Unreadable(_("This PDF is damaged and cannot be opened. Please get it again.")) from None


def _read(document: pdfium.PdfDocument) -> Reading:
    text, pages, empty = "", [], []
    for number in range(len(document)):
        pages.append(len(text))
        found = _page(document, number)
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

"""PDF: the text of each page, with where each page begins. Nothing in the file is run."""

import re

import pypdfium2 as pdfium

from evidence.reading.kinds import KINDS
from evidence.reading.result import MOST_PAGES, MOST_TEXT, Reading, packed, paged
from foundation.files.rebuilder.refusal import Unfit

LINE_END_HYPHEN = re.compile(r"(?<=\w)[\ufffe\u00ad]\s*")
BLANK = re.compile(r"\n{3,}")
# One page with one word, in a font every reader has.
SMALLEST = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
4 0 obj << /Length 23 >> stream
BT /F 9 Tf (warm) Tj ET
endstream endobj
trailer << /Root 1 0 R >>
%%EOF"""


def warm() -> None:
    """Read a PDF of one word."""
    read_pdf(SMALLEST)


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    return packed(read_pdf(content)), []


def read_pdf(raw: bytes) -> Reading:
    """Return a PDF's text page by page; Unfit when it is broken, locked, too long or pictures only."""
    document = opened(raw)
    try:
        if len(document) > MOST_PAGES:
            raise Unfit("too_many_pages")
        reading = _read(document)
    finally:
        document.close()
    if not reading.text.strip():
        raise Unfit("pictures_only")
    return reading


def opened(raw: bytes) -> pdfium.PdfDocument:
    """Return an open PDF; Unfit when it is broken or locked."""
    try:
        return pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise Unfit("locked" if "password" in str(error).lower() else "pdf_damaged") from None


def _read(document: pdfium.PdfDocument) -> Reading:
    texts, size = [], 0
    for number in range(len(document)):
        texts.append(_page(document, number))
        size += len(texts[-1])
        if size > MOST_TEXT:
            raise Unfit("too_much_text")
    return paged(texts, KINDS["pdf"].media_type)


def _page(document: pdfium.PdfDocument, number: int) -> str:
    """Return a page's text; a page that cannot be read counts as one without text."""
    try:
        page = document[number]
        words = page.get_textpage()
        text: str = words.get_text_range()
        words.close()
        page.close()
    except pdfium.PdfiumError:
        return ""
    text = LINE_END_HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return BLANK.sub("\n\n", text.replace("\0", ""))

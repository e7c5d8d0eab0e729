"""PDF: its paragraphs in reading order, with where each page begins. Nothing in the file is run."""

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from evidence.reading.kinds import KINDS
from evidence.reading.lines import CUT, unwrapped
from evidence.reading.meaning import is_garbled
from evidence.reading.prose import Page, texts_of
from evidence.reading.result import MOST_PAGES, MOST_TEXT, PAGE_END, Reading, packed, paged, shortened
from evidence.reading.sheet import Sheet, pieces_of, typed_on
from foundation.files.rebuilder.refusal import Unfit

MOST_LAID_OUT = 1500  # pages: some fifteen milliseconds each
# One page with one word and one note, in a font every reader has.
SMALLEST = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R
/Annots [<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (note) >>] /Resources << /Font << /F
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
4 0 obj << /Length 23 >> stream
BT /F 9 Tf (warm) Tj ET
endstream endobj
trailer << /Root 1 0 R >>
%%EOF"""


def warm() -> None:
    """Read a PDF of one word and one note."""
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
    if len(reading.text) > MOST_TEXT + len(PAGE_END) * MOST_PAGES:
        raise Unfit("too_much_text")
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
    if len(document) > MOST_LAID_OUT:
        return paged([_as_it_comes(document, n) for n in range(len(document))], KINDS["pdf"].media_type)
    pages, size = [], 0
    for number in range(len(document)):
        pages.append(_page(document, number))
        size += sum(len(piece.text) for piece in pages[-1].pieces)
        if size > MOST_TEXT:
            raise Unfit("too_much_text")
    garbled = [number for number, page in enumerate(pages, 1) if page.is_garbled]
    if garbled and not any(page.pieces for page in pages):
        raise Unfit("letters_without_meaning")
    texts, left_out = texts_of(pages)
    return paged(texts, KINDS["pdf"].media_type, garbled_pages=garbled, left_out=shortened(left_out))


def _as_it_comes(document: pdfium.PdfDocument, number: int) -> str:
    """Return a page's lines in the order of the file, for a document too long to look at every word."""
    try:
        page = document[number]
        words = page.get_textpage()
        text: str = unwrapped(words.get_text_range().replace("\r\n", "\n"))
        words.close()
        page.close()
    except pdfium.PdfiumError:
        text = ""
    return text.replace("\0", "").replace(CUT, "") + PAGE_END


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    """Return a page's pieces; a page that cannot be read counts as one without text."""
    try:
        page = document[number]
        typed = typed_on(page)
        # What was typed on the page and into its fields becomes a part of it; its text is read only after.
        if raw_pdfium.FPDFPage_Flatten(page, raw_pdfium.FLAT_NORMALDISPLAY) == raw_pdfium.FLATTEN_SUCCESS:
            page.close()
            page = document[number]
        words = page.get_textpage()
        sheet = Sheet.of(page, words)
        words.close()
        page.close()
    except pdfium.PdfiumError:
        return Page([], [], 0.0)
    if is_garbled(sheet.text, sheet.errors):
        return Page([], [], sheet.height, is_garbled=True)
    there = " ".join(sheet.text.split())
    notes = [note for note in typed if note not in there]
    return Page(pieces_of(sheet.lines), [*sheet.aside, *notes], sheet.height)

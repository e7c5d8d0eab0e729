"""A damaged PDF saved anew by another reader (PDFium), which repairs in its own way; then documents.py."""

import io

import pikepdf
import pypdfium2 as pdfium

from foundation.files.rebuilder import documents
from foundation.files.rebuilder.comparing import opened

UNLOCKED = 3  # FPDF_REMOVE_SECURITY: whole, and in plain


def warm() -> None:
    """Save a page of our own, whole and page by page."""
    kept = io.BytesIO()
    documents.smallest().save(kept)
    document = opened(rebuild(kept.getvalue())[0], "broken")
    paged(document)
    has_pages(b"%PDF-")


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return the file as PDFium writes it, or its pages alone. Raises Unfit where it does not open."""
    document = opened(content, "broken")
    try:
        whole = saved(document)
        return whole if has_pages(whole) else paged(document), []
    finally:
        document.close()


def saved(document: pdfium.PdfDocument) -> bytes:
    kept = io.BytesIO()
    document.save(kept, flags=UNLOCKED)
    return kept.getvalue()


def has_pages(content: bytes) -> bool:
    """Tell whether qpdf finds a page."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            return len(pdf.pages) > 0
    except pikepdf.PdfError:
        return False


def paged(document: pdfium.PdfDocument) -> bytes:
    """Return a new file with the pages alone."""
    new = pdfium.PdfDocument.new()
    try:
        new.import_pages(document)
        return saved(new)
    finally:
        new.close()

"""A damaged PDF saved anew by another reader (PDFium), which repairs in its own way; then documents.py."""

import io

from foundation.files.rebuilder import documents
from foundation.files.rebuilder.comparing import opened

UNLOCKED = 3  # FPDF_REMOVE_SECURITY: whole, and in plain


def warm() -> None:
    """Save a page of our own."""
    kept = io.BytesIO()
    documents.smallest().save(kept)
    rebuild(kept.getvalue())


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return the file as PDFium writes it. Raises Unfit where it does not open."""
    document, kept = opened(content, "broken"), io.BytesIO()
    try:
        document.save(kept, flags=UNLOCKED)
    finally:
        document.close()
    return kept.getvalue(), []

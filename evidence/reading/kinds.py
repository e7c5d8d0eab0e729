"""Which kind of file it is, and what all readers share."""

import shutil
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from foundation.refused import Refused

LARGEST = 25 * 1024 * 1024
MOST_TEXT = 5_000_000  # characters
NO_TEXT = "NO_TEXT_ON_PAGES"  # the last of a source's warnings; the pages' numbers follow


class Unreadable(Refused):
    """The file cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Reading:
    """A file's text. `pages` are the offsets at which pages begin; `empty_pages` those without any text."""

    text: str
    media_type: str
    pages: list[int] = field(default_factory=list)
    empty_pages: list[int] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        return [NO_TEXT, *map(str, self.empty_pages)] if self.empty_pages else []


def read(raw: bytes, name: str = "", declared: str = "") -> Reading:
    """Return what a file says; Unreadable with the reason."""
    from evidence.reading import docx, html, pdf

    if not raw.strip():
        raise Unreadable(_("This file is empty."))
    if len(raw) > LARGEST:
        raise Unreadable(_("This file is larger than 25 MB."))
    kind = kind_of(raw)
    promised = name.rpartition(".")[2].lower()
    expected = KINDS.get(promised, kind)
    if expected != kind and {expected, kind} != {"text", "html"}:
        raise Unreadable(
            _("This file is named .%(named)s but is something else. Please save it again.")
            % {"named": promised}
        )
    readers = {"pdf": pdf.read_pdf, "docx": docx.read_docx, "html": html.read_html, "text": read_text}
    if kind not in readers:
        raise Unreadable(_("This kind of file cannot be read. PDF, Word (.docx), HTML and text can."))
    reading = readers[kind](raw)
    if len(reading.text) > MOST_TEXT:
        raise Unreadable(_("This file holds more text than fits. Please split it."))
    return reading


KINDS = {"pdf": "pdf", "docx": "docx", "html": "html", "htm": "html", "txt": "text"}


def kind_of(raw: bytes) -> str:
    """Return pdf, docx, html, text or other, by the bytes."""
    start = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in raw else "other"
    if b"\0" in raw[:8192] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    lowered = start.lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in lowered:
        return "html"
    return "text"


def read_text(raw: bytes) -> Reading:
    """Return plain text in UTF-8, or UTF-16 with its mark."""
    codec = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        raise Unreadable(_("This file is not UTF-8 text. Copy its text and paste it above.")) from None
    if "\0" in text:
        raise Unreadable(_("This kind of file cannot be read. PDF, Word (.docx), HTML and text can."))
    return Reading(text, "text/plain")


def can_recognize() -> bool:
    """Tell whether this machine can read pictures of text."""
    return shutil.which("tesseract") is not None

"""A page saved with its pictures (.mhtml, RFC 2557): the page itself, read as any page is."""

import email
from dataclasses import replace
from email.message import Message

from evidence.reading import html
from evidence.reading.kinds import KINDS
from evidence.reading.result import Reading, label_of, packed
from evidence.reading.text import bounded
from foundation.files.rebuilder.refusal import Unfit

MOST_PARTS = 10_000
WARM = b"""MIME-Version: 1.0
Content-Type: multipart/related; boundary="-"

---
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: %s

%s
-----
"""
WORDS = {
    b"quoted-printable": b"<html><body><p>w=61rm</p></body></html>",
    b"base64": b"PGh0bWw+PGJvZHk+PHA+d2FybTwvcD48L2JvZHk+PC9odG1sPg==",
}


def warm() -> None:
    """Read a page of one word in each way a page may be packed."""
    html.warm()
    for packing, page in WORDS.items():
        read_mhtml(WARM % (packing, page))


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    _named, raw = label_of(content)  # what a site says of its pages is not said of this file
    return packed(bounded(read_mhtml(raw))), []


def read_mhtml(raw: bytes) -> Reading:
    """Return the main text of the page a file was saved from; Unfit where there is none, with why."""
    page = _page_of(email.message_from_bytes(raw))
    content = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(content, bytes):
        raise Unfit("page_without_text")
    reading = html.read_html(content, page.get_content_charset() or "")
    return replace(reading, media_type=KINDS["mhtml"].media_type)


def _page_of(message: Message) -> Message | None:
    """Return the part that is the page: the one named as the start, else the first that is HTML."""
    pages: list[Message] = []
    start = str(message.get_param("start") or "")
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            raise Unfit("too_heavy")
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            if start and part.get("Content-ID", "").strip() == start.strip():
                return part
            pages.append(part)
    return pages[0] if pages else None

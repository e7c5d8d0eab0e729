"""Which kind of file it is, told by its first bytes: its name decides nothing, its sender is not believed.

KINDS is the one table of what is read: its reader is the module here named after its code, its words stand
in `evidence/words.py`, and what an input offers to choose and what a page says is taken follow from it.
"""

import re
from dataclasses import dataclass

LARGEST = 25 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """One kind of file that is read; `code` names its reader."""

    code: str
    media_type: str
    endings: tuple[str, ...]


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", ("pdf",)),
        Kind("docx", WORD, ("docx",)),
        Kind("html", "text/html", ("html", "htm")),
        Kind("mhtml", "multipart/related", ("mhtml", "mht")),
        Kind("text", "text/plain", ("txt",)),
    )
}
HTML_STARTS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<title",
    b"<meta",
    b"<article",
    b"<main",
    b"<div",
)
# The head of a page saved with its pictures: lines of names, in any order, up to the first that is empty.
SAVED = re.compile(
    rb"(?=(?:[^\r\n]+\r?\n)*?mime-version:)(?=(?:[^\r\n]+\r?\n)*?content-type:\s*multipart/related)[\w-]+:"
)
IN_LETTERS = ("html", "mhtml", "text")  # whose readers ask in which character set
ENDINGS = [ending for kind in KINDS.values() for ending in kind.endings]


def judge(raw: bytes, name: str = "") -> str:
    """Return the code of why a file is not even looked into, or "" where it may be read.

    Its name, which sites and browsers give at will, only helps to say why it is of no kind that is read.
    """
    if not raw.strip():
        return "empty"
    if len(raw) > LARGEST:
        return "too_big"
    if kind_of(raw) in KINDS:
        return ""
    return "not_what_it_says" if name.rpartition(".")[2].lower() in ENDINGS else "not_taken"


def accepted() -> str:
    """Return what an input of a page lets people choose."""
    return ",".join(f".{ending}" for ending in ENDINGS)


def kind_of(raw: bytes) -> str:
    """Return pdf, docx, mhtml, html, text or other, by the bytes."""
    start = _start(raw).lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in raw else "other"
    if b"\0" in raw[:8192] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    lowered = start.lower()
    if SAVED.match(lowered):
        return "mhtml"
    if lowered.startswith(HTML_STARTS) or b"<html" in lowered:
        return "html"
    return "text"


def _start(raw: bytes) -> bytes:
    """Return the first bytes, those of UTF-16 with its mark as UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw[:4096].decode("utf-16", "ignore").encode("utf-8", "ignore")
    return raw[:4096]

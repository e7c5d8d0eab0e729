"""Which kind of file it is, told by its first bytes: its name and its sender are not believed.

KINDS is the one table of what is read: its reader is the module here named after its code, its words stand
in `evidence/words.py`, and what an input offers to choose and what a page says is taken follow from it.
"""

from dataclasses import dataclass

LARGEST = 25 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """One kind of file that is read; `code` names its reader. Names of one `family` contradict none of it."""

    code: str
    media_type: str
    endings: tuple[str, ...]
    family: str


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", ("pdf",), "pdf"),
        Kind("docx", WORD, ("docx",), "word"),
        Kind("html", "text/html", ("html", "htm"), "plain"),
        Kind("text", "text/plain", ("txt",), "plain"),
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
IN_LETTERS = ("html", "text")  # whose readers ask in which character set
FAMILIES = {ending: kind.family for kind in KINDS.values() for ending in kind.endings}


def judge(raw: bytes, name: str = "") -> str:
    """Return the code of why a file is not even looked into, or "" where it may be read."""
    if not raw.strip():
        return "empty"
    if len(raw) > LARGEST:
        return "too_big"
    kind = KINDS.get(kind_of(raw))
    named = FAMILIES.get(name.rpartition(".")[2].lower())
    if named and (kind is None or named != kind.family):
        return "not_what_it_says"
    return "" if kind else "not_taken"


def accepted() -> str:
    """Return what an input of a page lets people choose."""
    return ",".join(f".{ending}" for ending in FAMILIES)


def kind_of(raw: bytes) -> str:
    """Return pdf, docx, html, text or other, by the bytes."""
    start = _start(raw).lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in raw else "other"
    if b"\0" in raw[:8192] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    lowered = start.lower()
    if lowered.startswith(HTML_STARTS) or b"<html" in lowered:
        return "html"
    if b"mime-version:" in lowered and b"multipart/related" in lowered:  # a page saved with its pictures
        return "other"
    return "text"


def _start(raw: bytes) -> bytes:
    """Return the first bytes, those of UTF-16 with its mark as UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw[:4096].decode("utf-16", "ignore").encode("utf-8", "ignore")
    return raw[:2048]

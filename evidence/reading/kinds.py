"""Which kind of file it is, told by its first bytes: its name and its sender are not believed."""

LARGEST = 25 * 1024 * 1024
ENDINGS = {"pdf": "pdf", "docx": "docx", "html": "html", "htm": "html", "txt": "text"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {"pdf": "application/pdf", "docx": WORD, "html": "text/html", "text": "text/plain"}


def judge(raw: bytes, name: str = "") -> str:
    """Return the code of why a file is not even looked into, or "" where it may be read."""
    if not raw.strip():
        return "empty"
    if len(raw) > LARGEST:
        return "too_big"
    kind, ending = kind_of(raw), name.rpartition(".")[2].lower()
    expected = ENDINGS.get(ending, kind)
    if expected != kind and {expected, kind} != {"text", "html"}:
        return "not_what_it_says"
    return "" if kind in MEDIA_TYPES else "not_taken"


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

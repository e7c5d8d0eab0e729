"""What a file is, from its content, and whether its name agrees. Pure: the beginning, the end and the name.

A short list of what is taken instead of a library that names everything: such a library calls a page of
HTML that begins with "%PDF-" a PDF, and four bytes of an archive a text document.
"""

from typing import NamedTuple

HEAD, TAIL = 4096, 65_536 + 22
PDF, JPEG, PNG, HEIC = "pdf", "jpeg", "png", "heic"
CONTENT_TYPES = {
    PDF: "application/pdf",
    JPEG: "image/jpeg",
    PNG: "image/png",
    HEIC: "image/heic",
}
# Endings a name may have. Phones give photos one another's endings, and every photo is painted anew: those
# count as one family.
PHOTOS = {"jpg", "jpeg", "jpe", "jfif", "png", "heic", "heif", "hif"}
ENDINGS = {PDF: {"pdf"}, JPEG: PHOTOS, PNG: PHOTOS, HEIC: PHOTOS}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}

ARCHIVES = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh"),
    *(b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF", b"LZIP"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
OFFICE_ENDINGS = {"doc", "docx", "docm", "odt", "rtf", "pages", "xls", "xlsx", "ods", "ppt", "pptx", "odp"}
ACTIVE = (b"<script", b"<html", b"<!doctype", b"<svg", b"<body", b"<iframe")


class Verdict(NamedTuple):
    """A kind that is taken, or a code of `words.py` that says why not."""

    kind: str = ""
    reason: str = ""


def judge(name: str, head: bytes, tail: bytes) -> Verdict:
    """Tell what a file is from its first and last bytes, and refuse what its name contradicts."""
    if not head:
        return Verdict(reason="empty")
    kind = kind_of(head)
    ending = ending_of(name)
    if not kind:
        return Verdict(reason=why_not(head, ending))
    if ending and ending not in ENDINGS[kind]:
        return Verdict(reason="not_what_it_says")
    if kind == PDF and (any(tag in head.lower() for tag in ACTIVE) or ends_as_archive(tail)):
        return Verdict(reason="two_in_one")
    return Verdict(kind)


def kind_of(head: bytes) -> str:
    """Return the kind that is taken, or "": the signature stands at the very beginning."""
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return PNG
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return HEIC
    return ""


def why_not(head: bytes, ending: str) -> str:
    if head.startswith(OLD_OFFICE) or ending in OFFICE_ENDINGS:
        return "office_document"
    if head.startswith(ARCHIVES) or head[257:262] == b"ustar":
        return "archive"
    return "not_what_it_says" if ending in PHOTOS | {"pdf"} else "not_taken"


def ending_of(name: str) -> str:
    """Return a name's ending in small letters; "" where it has none."""
    _stem, dot, ending = name.strip().rpartition(".")
    return ending.lower() if dot else ""


def ends_as_archive(tail: bytes) -> bool:
    """Tell whether a file, whatever it begins as, also opens as an archive."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    return at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)


def label_of(name: str) -> str:
    """Return a name fit to be shown as a label: one line, no directions, no characters that turn it round."""
    turning = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
    kept = [c for c in name if c.isprintable() or c in "\u200c\u200d"]
    return (
        "".join(c for c in kept if ord(c) not in turning).replace("\\", "/").rpartition("/")[2].strip()[:120]
    )

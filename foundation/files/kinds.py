"""What a file is, from its content; a name decides nothing. Pure: the beginning, the end and the name.

KINDS is the one table of what is taken: the reader in the sandbox, the endings a name may have, the words of
every page, what an input offers to choose and how a copy is kept follow from its rows. A short list instead
of a library that names everything: such a library calls a page of HTML that begins with "%PDF-" a PDF, and
four bytes of an archive a text document.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

HEAD, TAIL = 4096, 65_536 + 22
BEFORE_PDF = 1024  # bytes that may stand before "%PDF-", as readers allow (PDF Reference 1.7, H.3 note 13)


@dataclass(frozen=True, eq=False)
class Family:
    """Kinds that people call by one word.

    `accept` is what an input asks a phone for: with "image/*" it offers its camera.
    """

    words: Any
    accept: str


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken; `reader` is the module of `rebuilder/` that makes it anew.

    `begins` tells from the first bytes whether a file is one. A copy is named with the first of `endings`.
    """

    code: str
    name: str
    family: Family
    content_type: str
    endings: tuple[str, ...]
    begins: Callable[[bytes], bool]
    reader: str


ARCHIVES = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh"),
    *(b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF", b"LZIP"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
PDF_MARK = b"%PDF-"
# What else may carry a PDF in its first bytes: documents of other programs, programs, other pictures.
OTHERS = (OLD_OFFICE, b"{\\rtf", b"MZ", b"\x7fELF", b"#!", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")


def is_archive(head: bytes) -> bool:
    return head.startswith(ARCHIVES) or head[257:262] == b"ustar"


HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}


def _is_jpeg(head: bytes) -> bool:
    return head.startswith(b"\xff\xd8\xff")


def _is_png(head: bytes) -> bool:
    return head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR"


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS


def _is_pdf(head: bytes) -> bool:
    """Mail and scanners put lines before it; what begins as something that holds files is that."""
    at = head.find(PDF_MARK, 0, BEFORE_PDF + len(PDF_MARK))
    return at == 0 or (at > 0 and not (head.startswith(OTHERS) or is_archive(head)))


PHOTO, PDF = Family(_("photos"), "image/*"), Family(_("PDF files"), "application/pdf")
KINDS = (
    Kind("jpeg", "JPEG", PHOTO, "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), _is_jpeg, "images"),
    Kind("png", "PNG", PHOTO, "image/png", ("png",), _is_png, "images"),
    Kind("heic", "HEIC", PHOTO, "image/heic", ("heic", "heif", "hif"), _is_heic, "images"),
    Kind("pdf", "PDF", PDF, "application/pdf", ("pdf",), _is_pdf, "documents"),
)

OFFICE_ENDINGS = {"doc", "docx", "docm", "odt", "rtf", "pages", "xls", "xlsx", "ods", "ppt", "pptx", "odp"}
ACTIVE = (b"<script", b"<html", b"<!doctype", b"<svg", b"<body", b"<iframe")


def kind(code: str) -> Kind:
    """Return a kind by its code. Raises KeyError for one that is not taken."""
    return {each.code: each for each in KINDS}[code]


def of_type(content_type: str) -> Kind:
    """Return a kind by its content type. Raises KeyError for one that is not taken."""
    return {each.content_type: each for each in KINDS}[content_type]


def accepted() -> str:
    """Return what an input of a page lets people choose: families for phones, endings for the rest."""
    endings = (f".{ending}" for each in KINDS for ending in each.endings)
    return ",".join(dict.fromkeys([*(each.family.accept for each in KINDS), *endings]))


def taken() -> str:
    """Return what is taken, in words for everybody: "photos or PDF files"."""
    return _listed(each.family.words for each in KINDS)


def names() -> str:
    """Return what is taken by the names of the kinds: "JPEG, PNG, HEIC or PDF"."""
    return _listed(each.name for each in KINDS)


def _listed(words: Iterable[Any]) -> str:
    return str(get_text_list(list(dict.fromkeys(map(str, words)))))


class Verdict(NamedTuple):
    """The code of a kind that is taken, or a code of `words.py` that says why not."""

    kind: str = ""
    reason: str = ""


def judge(name: str, head: bytes, tail: bytes) -> Verdict:
    """Tell what a file is from its first and last bytes.

    Its name, which phones and mail change at will, only helps to say why it is of no kind that is taken.
    """
    if not head:
        return Verdict(reason="empty")
    actual = kind_of(head)
    if actual is None:
        return Verdict(reason=why_not(head, ending_of(name)))
    if actual.family is PDF and (is_page_too(head) or ends_as_archive(tail)):
        return Verdict(reason="two_in_one")
    return Verdict(actual.code)


def kind_of(head: bytes) -> Kind | None:
    """Return the kind that is taken, or None; only a PDF's signature may have something before it."""
    return next((each for each in KINDS if each.begins(head)), None)


def why_not(head: bytes, ending: str) -> str:
    """Return the code of why a file of no kind that is taken is refused, told by its bytes, then its name."""
    if head.startswith(OLD_OFFICE) or ending in OFFICE_ENDINGS:
        return "office_document"
    if is_archive(head):
        return "archive"
    known = {ending for each in KINDS for ending in each.endings}
    return "not_what_it_says" if ending in known else "not_taken"


def ending_of(name: str) -> str:
    """Return a name's ending in small letters; "" where it has none."""
    _stem, dot, ending = name.strip().rpartition(".")
    return ending.lower() if dot else ""


def is_page_too(head: bytes) -> bool:
    """Tell whether a PDF opens as a web page besides. Inside its objects such words only describe."""
    before = head.partition(b" obj")[0].lower()
    return any(tag in before for tag in ACTIVE)


def ends_as_archive(tail: bytes) -> bool:
    """Tell whether a file, whatever it begins as, also opens as an archive."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    return at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)


def looks_locked(head: bytes, tail: bytes) -> bool:
    """Tell whether a PDF says that it is encrypted: with a password, or only against changes.

    Which of the two, only the sandbox finds out; so this refuses nothing.
    """
    actual = kind_of(head)
    return actual is not None and actual.family is PDF and b"/Encrypt" in head + tail


def label_of(name: str) -> str:
    """Return a name fit to be shown as a label: one line, no directions, no characters that turn it round."""
    turning = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
    kept = [c for c in name if c.isprintable() or c in "\u200c\u200d"]
    return (
        "".join(c for c in kept if ord(c) not in turning).replace("\\", "/").rpartition("/")[2].strip()[:120]
    )

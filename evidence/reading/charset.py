"""Which character set a text or page is written in: by its mark, its bytes, its site, itself, or by guess."""

import codecs
import encodings
import pkgutil
import re

from charset_normalizer import from_bytes

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NAMED = re.compile(rb"""(?:charset\s*=\s*|<\?xml[^>]{0,60}encoding=)["']?\s*([\w.:-]+)""", re.IGNORECASE)
TAGS = re.compile(rb"<[^>]*>")
WITHIN = 4096  # bytes of a page in which it names its own
# Names that pages use for a smaller set than the one they are written in (WHATWG, Encoding, labels).
WIDER = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
}
# What people's files and pages are written in where they do not say so; letters of Europe apart.
LIKELY = [
    *("cp1256", "cp1251", "koi8_r", "cp1253", "cp1255", "cp874"),
    *("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"),
]
MOSTLY = 0.4  # of the bytes beyond ASCII: fewer are accents in a text of Latin letters
LOOKED_AT = 200_000  # bytes


def warm() -> None:
    """Load every alphabet now: inside the lock Python could no longer, and would read the page as another."""
    for alphabet in pkgutil.iter_modules(encodings.__path__):
        try:
            codecs.lookup(alphabet.name)
        except (LookupError, ImportError):  # one of another system
            continue
    for codec in LIKELY:
        _guess("Привет, мир. Ещё одно слово.".encode(codec, "ignore") * 3)


def decoded(raw: bytes, named: str = "", *, names_itself: bool = False) -> tuple[str, str]:
    """Return the text and, where it was guessed, its character set.

    `named` is what the site said; `names_itself` that the text may say it too, as HTML does. A mark counts
    first, then bytes that can only be UTF-8, whatever a site says of all its pages.
    """
    for mark, codec in MARKS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace"), ""
    if not raw.isascii() and (text := _in(raw, "utf-8")) is not None:
        return text, ""
    found = NAMED.search(raw[:WITHIN]) if names_itself else None
    for name in (named, found[1].decode("ascii", "ignore") if found else ""):
        if name and (text := _in(raw, WIDER.get(name.lower(), name))) is not None:
            return text, ""
    if raw.isascii():
        return raw.decode("ascii"), ""
    codec = _guess(raw[:LOOKED_AT])
    return raw.decode(codec, "replace"), codec


def _in(raw: bytes, codec: str) -> str | None:
    """Return the text, where the codec is one of text and all bytes fit it."""
    try:
        return raw.decode(codec)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guess(raw: bytes) -> str:
    letters = [byte for byte in TAGS.sub(b"", raw) if byte > 127 or chr(byte).isalpha()]
    if sum(byte > 127 for byte in letters) < MOSTLY * len(letters):
        return "cp1252"
    best = from_bytes(raw, cp_isolation=LIKELY, language_threshold=0).best()
    return best.encoding if best else "cp1252"

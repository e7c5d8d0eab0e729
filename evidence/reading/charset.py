"""Which character set a text or page is written in: by its mark, its bytes, its site, itself, or by guess."""

import codecs
import encodings
import pkgutil
import re

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
# What people's files and pages are written in where they do not say so, with the letters of each that stand
# in any text; letters of Europe apart.
LIKELY = {
    "cp1251": "оеаинтсрвлкмдпуяыьгз",
    "koi8_r": "оеаинтсрвлкмдпуяыьгз",
    "cp1256": "ايلمنوترعبدهسفقحكأةىشط",
    "cp1253": "αοιετσνηυρπκμλςάόέίή",
    "cp1255": "יוהלארתבשמנדחקע",
    "cp874": "านรอกเงคมยลวดทสตะ",
    "gb18030": "的一是不了人在有我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对"
    "事里所去行过用如然方成者多日三小军同经法当起与学进种将还分此心前面定见主没公从政府组织报告释放警察拘留律师",
    "big5hkscs": "的一是不了人在有我他這為之大來以個中上們到說國和地也子時道出而要於就下得可你年生自會那後能"
    "對事裡所去行過用如然方成者多日三小軍同經法當起與學進種將還分此心前面定見主沒公從政府組織報告釋放警察"
    "拘留律師",
    "cp932": "のにはをたがでてとしれさいあかるなもっきくまりこ",
    "euc_jp": "のにはをたがでてとしれさいあかるなもっきくまりこ",
    "cp949": "이다는에의을가하고지은로한사기를도정시해인리자라",
}
FAMILIAR = 0.15  # of the letters beyond ASCII
SEVERAL_BYTES = ("gb", "big5", "cp9", "euc", "shift", "iso-2022", "hz")
MOSTLY = 0.4  # of the bytes beyond ASCII: fewer are accents in a text of Latin letters
LOOKED_AT = 200_000  # bytes


def warm() -> None:
    """Load every alphabet now: inside the lock Python could no longer, and would read the page as another."""
    for alphabet in pkgutil.iter_modules(encodings.__path__):
        try:
            codecs.lookup(alphabet.name)
        except (LookupError, ImportError):  # one of another system
            continue


def decoded(raw: bytes, named: str = "", *, names_itself: bool = False) -> tuple[str, str]:
    """Return the text and, where it was guessed, its character set.

    `named` is what the site said; `names_itself` that the text may say it too, as HTML does. A mark counts
    first, then bytes that can only be UTF-8, whatever a site says of all its pages.
    """
    for mark, codec in MARKS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace"), ""
    found = NAMED.search(raw[:WITHIN]) if names_itself else None
    names = [name for name in (named, found[1].decode("ascii", "ignore") if found else "") if name]
    codecs_named = [WIDER.get(name.lower(), name.lower()) for name in names]
    # Two bytes that are one letter of China can be one of UTF-8 as well: there the name counts first.
    if not raw.isascii() and not any(name.startswith(SEVERAL_BYTES) for name in codecs_named):
        codecs_named.insert(0, "utf-8")
    for codec in codecs_named:
        if (text := _in(raw, codec)) is not None:
            return text, ""
    if raw.isascii():
        return raw.decode("ascii"), ""
    if (text := _in(raw, "utf-8")) is not None:
        return text, ""
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
    shares = {codec: _familiar(raw, codec, common) for codec, common in LIKELY.items()}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] >= FAMILIAR else "cp1252"


def _familiar(raw: bytes, codec: str, common: str) -> float:
    """Return how many of the letters beyond ASCII are common ones, if read so."""
    text = _in(raw, codec)
    letters = [letter for letter in text or "" if letter > "\x7f"]
    return sum(letter in common for letter in letters) / len(letters) if letters else 0.0

"""Plain text, and the alphabets a file may be written in."""

import codecs
import encodings
import pkgutil

from evidence.reading.kinds import KINDS
from evidence.reading.result import MOST_TEXT, Reading, packed
from foundation.files.rebuilder.refusal import Unfit


def warm() -> None:
    """Load every alphabet now: inside the lock Python could no longer, and would read the page as another."""
    for alphabet in pkgutil.iter_modules(encodings.__path__):
        try:
            codecs.lookup(alphabet.name)
        except (LookupError, ImportError):  # one of another system
            continue


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    return packed(bounded(read_text(content))), []


def read_text(raw: bytes) -> Reading:
    """Return plain text in UTF-8, or UTF-16 with its mark."""
    codec = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        raise Unfit("not_utf8") from None
    if "\0" in text:
        raise Unfit("not_taken")
    return Reading(text, KINDS["text"].media_type)


def bounded(reading: Reading) -> Reading:
    """Return a reading that fits; Unfit where it holds more text than is kept."""
    if len(reading.text) > MOST_TEXT:
        raise Unfit("too_much_text")
    return reading

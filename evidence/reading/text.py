"""Plain text in any character set; what was broken into lines of one width reads as paragraphs again."""

from evidence.reading import charset
from evidence.reading.kinds import KINDS
from evidence.reading.lines import unwrapped
from evidence.reading.result import MOST_TEXT, Reading, label_of, packed
from foundation.files.rebuilder.refusal import Unfit


def warm() -> None:
    """Load every alphabet."""
    charset.warm()


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    named, raw = label_of(content)
    return packed(bounded(read_text(raw, named))), []


def read_text(raw: bytes, named: str = "") -> Reading:
    """Return plain text; Unfit where there are bytes of no text in it."""
    text, guessed = charset.decoded(raw, named)
    if "\0" in text:
        raise Unfit("not_taken")
    return Reading(unwrapped(text), KINDS["text"].media_type, charset=guessed)


def bounded(reading: Reading) -> Reading:
    """Return a reading that fits; Unfit where it holds more text than is kept."""
    if len(reading.text) > MOST_TEXT:
        raise Unfit("too_much_text")
    return reading

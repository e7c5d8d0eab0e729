"""Read a file of any kind we take: its text, and on which page each part stands.

What a file is, its first bytes say; what it holds is read in the sandbox, never in this process.
"""

from dataclasses import replace

from evidence.reading import kinds
from evidence.reading.result import Reading, as_pgm, asked_page, labelled, unpacked
from evidence.words import unreadable_words
from foundation.files import sandbox
from foundation.refused import Refused


class Unreadable(Refused):
    """The file cannot be read: `code` says why in one word, the message what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(unreadable_words(code))


def read(raw: bytes, name: str = "", *, charset: str = "", seconds: float = sandbox.SECONDS) -> Reading:
    """Return what a file says. `charset` is the character set its site named.

    Raises Unreadable with the reason, and sandbox.CannotWork where nothing is known of the file.
    """
    judge(raw, name)
    return _read(raw, kinds.kind_of(raw), charset=charset, seconds=seconds)


def read_pasted(text: bytes) -> Reading:
    """Return what a pasted text in UTF-8 says, whatever it begins with: it came from no file.

    Raises Unreadable with the reason, and sandbox.CannotWork where nothing is known of it.
    """
    return replace(_read(text, "text", charset="utf-8"), media_type="")


def _read(raw: bytes, kind: str, *, charset: str = "", seconds: float = sandbox.SECONDS) -> Reading:
    given = labelled(raw, charset) if kind in kinds.IN_LETTERS else raw
    result = sandbox.run(f"evidence.reading.{kind}", given, seconds=seconds)
    try:
        return unpacked(_answer(result))
    except ValueError:  # what no reader of ours would send
        raise Unreadable("broken") from None


def judge(raw: bytes, name: str = "") -> None:
    """Refuse at a glance what is not worth reading. Raises Unreadable."""
    if code := kinds.judge(raw, name):
        raise Unreadable(code)


def check_is_a_text(reading: Reading) -> None:
    """Refuse a page that stands where a text should be, as a check for robots does. Raises Unreadable."""
    if gate := reading.hints.get("gate"):
        raise Unreadable(gate)


def picture_of_page(raw: bytes, number: int) -> bytes:
    """Return a page of a PDF, counted from 1, as a PGM picture.

    Raises Unreadable with the reason, and sandbox.CannotWork where nothing is known of the file.
    """
    result = sandbox.run("evidence.reading.picture", asked_page(raw, number))
    try:
        return as_pgm(_answer(result))
    except ValueError:
        raise Unreadable("broken") from None


def _answer(result: sandbox.Result) -> bytes:
    if result.reason:
        raise Unreadable(result.reason)
    return result.content

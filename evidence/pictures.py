"""What is recognized on pages that are pictures: painted in the sandbox, read by tesseract in one too."""

from collections.abc import Callable, Iterable

from evidence.clients.tesseract import can_recognize, recognize
from evidence.reader import Unreadable, picture_of_page
from evidence.reading.kinds import KINDS
from evidence.reading.result import Reading, filled, paged
from foundation.files import sandbox

COUNTING = "foundation.files.rebuilder.counting"
MOST_AT_ONCE = 40  # pages of a file without any text: a few seconds each, within the lease of a link


def of_pictures_alone(raw: bytes) -> Reading:
    """Return what stands on the pages of a PDF that has no text at all.

    Raises Unreadable where nothing recognizes text here, where it has too many pages, or none can be read.
    """
    blank = without_text(raw)
    if not can_recognize() or len(blank.pages) > MOST_AT_ONCE:
        raise Unreadable("pictures_only")
    reading = filled(blank, recognized(raw, blank.empty_pages))
    if not reading.text.strip():
        raise Unreadable("pictures_only")
    return reading


def recognized(
    raw: bytes, pages: Iterable[int], *, before: Callable[[int], None] = lambda _done: None
) -> dict[int, str]:
    """Return {page: what is recognized on it}; `before` is called before each with how many are done."""
    said: dict[int, str] = {}
    for number in pages:
        before(len(said))
        said[number] = _on(raw, number)
    return said


def without_text(raw: bytes) -> Reading:
    """Return a PDF as a reading none of whose pages has text. Raises Unreadable where it has no page."""
    counted = sandbox.run(COUNTING, raw)
    if not counted.content.isdigit():
        raise Unreadable("pictures_only")
    return paged([""] * int(counted.content), KINDS["pdf"].media_type)


def _on(raw: bytes, number: int) -> str:
    try:
        return recognize(picture_of_page(raw, number))
    except Unreadable:  # this page alone: it stays named among those without text
        return ""

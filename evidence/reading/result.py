"""What a reader makes of a file, and how it goes into the sandbox and leaves it.

What leaves is looked at as what a stranger sent: the reader may have been bent by the file.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

MOST_TEXT = 5_000_000  # characters
MOST_PAGES = 3000
NO_TEXT = "NO_TEXT_ON_PAGES"  # the last of a source's warnings; the pages' numbers follow
PAGE_END = "\n\n"
WIDEST = 5000  # pixels of either side of a page, so that none takes the memory of the machine
NUMBER, SIZE = struct.Struct("<I"), struct.Struct("<II")


@dataclass(frozen=True)
class Reading:
    """A file's text. `pages` are the offsets at which pages begin; `empty_pages` those without any text."""

    text: str
    media_type: str
    pages: list[int] = field(default_factory=list)
    empty_pages: list[int] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        return [NO_TEXT, *map(str, self.empty_pages)] if self.empty_pages else []


def paged(texts: list[str], media_type: str) -> Reading:
    """Return the texts of pages as one reading; a page of spaces alone counts as empty."""
    text, pages = "", []
    for page in texts:
        pages.append(len(text))
        text += page + PAGE_END
    empty = [number for number, page in enumerate(texts, 1) if not page.strip()]
    return Reading(text, media_type, pages, empty)


def filled(reading: Reading, recognized: Mapping[int, str]) -> Reading:
    """Return the reading with what was recognized on its empty pages, by their number from 1."""
    ends = [*reading.pages[1:], len(reading.text)]
    texts = [
        reading.text[start:end].removesuffix(PAGE_END) for start, end in zip(reading.pages, ends, strict=True)
    ]
    for number in reading.empty_pages:
        texts[number - 1] = recognized.get(number) or texts[number - 1]
    return paged(texts, reading.media_type)


def packed(reading: Reading) -> bytes:
    """Return a reading as it leaves the sandbox: JSON in UTF-8."""
    return json.dumps(asdict(reading), ensure_ascii=False).encode()


def unpacked(content: bytes) -> Reading:
    """Return the reading that a sandbox sent. Raises ValueError for anything else."""
    try:
        given = json.loads(content)
        reading = Reading(**given)
        reading.text.encode()  # halves of pairs cannot be kept
        fits = len(reading.text) <= MOST_TEXT + len(PAGE_END) * len(reading.pages)
        placed = _rising(reading.pages, 0, len(reading.text))
        numbered = _rising(reading.empty_pages, 1, len(reading.pages))
    except (TypeError, AttributeError, UnicodeError) as error:
        raise ValueError(type(error).__name__) from None
    if not (fits and placed and numbered and isinstance(reading.media_type, str)):
        raise ValueError("no reading")
    return reading


def _rising(numbers: object, least: int, most: int) -> bool:
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        return False
    return numbers == sorted(numbers) and all(least <= number <= most for number in numbers)


def asked_page(raw: bytes, number: int) -> bytes:
    """Return what goes in for one page's picture: its number from 1, and the file."""
    return NUMBER.pack(number) + raw


def wanted_page(content: bytes) -> tuple[int, bytes]:
    """Return the number and the file that `asked_page` put together."""
    return NUMBER.unpack_from(content)[0], content[NUMBER.size :]


def packed_picture(width: int, height: int, pixels: bytes) -> bytes:
    """Return a page's picture as it leaves: its size, then a gray byte a pixel, row by row from the top."""
    return SIZE.pack(width, height) + pixels


def as_pgm(painted: bytes) -> bytes:
    """Return a picture from the sandbox as PGM, its head written by us. Raises ValueError if it is none."""
    if len(painted) < SIZE.size:
        raise ValueError("no picture")
    width, height = SIZE.unpack_from(painted)
    pixels = painted[SIZE.size :]
    if not (0 < width <= WIDEST + 1 and 0 < height <= WIDEST + 1 and len(pixels) == width * height):
        raise ValueError("no picture")
    return b"P5 %d %d 255\n" % (width, height) + pixels

"""What a reader makes of a file, and how it goes into the sandbox and leaves it.

What leaves is looked at as what a stranger sent: the reader may have been bent by the file.
"""

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import accumulate
from typing import Any

MOST_TEXT = 5_000_000  # characters
MOST_PAGES = 3000
NO_TEXT = "NO_TEXT_ON_PAGES"  # the last of a source's warnings; the pages' numbers follow
NO_MEANING = "NO_MEANING_ON_PAGES"  # with the pages' numbers: "NO_MEANING_ON_PAGES:3 4"
GUESSED = "CHARSET_GUESSED"  # with the character set: "CHARSET_GUESSED:cp1256"
PAGE_END = "\n\n"
MOST_LEFT_OUT, LONGEST_LEFT_OUT = 200, 400  # pieces, characters of one
WIDEST = 5000  # pixels of either side of a page, so that none takes the memory of the machine
NUMBER, SIZE = struct.Struct("<I"), struct.Struct("<II")


@dataclass(frozen=True)
class Reading:
    """A file's text. `pages` are the offsets at which pages begin; `empty_pages` those without any text.

    `garbled_pages` are those of the empty ones whose letters have no meaning. `left_out` is what the file
    says besides: menus, running heads, page numbers. `hints` is what a page says of itself where readers do
    not see it (HINTS). `charset` is set where the character set was guessed.
    """

    text: str
    media_type: str
    pages: list[int] = field(default_factory=list)
    empty_pages: list[int] = field(default_factory=list)
    garbled_pages: list[int] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    hints: dict[str, str] = field(default_factory=dict)
    charset: str = ""

    @property
    def warnings(self) -> list[str]:
        """The codes of what is to be known of the reading; NO_TEXT and its pages' numbers come last."""
        guessed = [f"{GUESSED}:{self.charset}"] if self.charset else []
        garbled = [f"{NO_MEANING}:{' '.join(map(str, self.garbled_pages))}"] if self.garbled_pages else []
        empty = [NO_TEXT, *map(str, self.empty_pages)] if self.empty_pages else []
        return [*guessed, *garbled, *empty]


# What a page may say of itself: its title, who runs the site, the day, its language, what it is instead.
HINTS = ("title", "site_name", "published", "lang", "gate")


def paged(texts: Sequence[str], media_type: str, **more: Any) -> Reading:
    """Return the texts of pages, each with its ending, as one reading; a page of spaces alone is empty."""
    pages = [0, *accumulate(map(len, texts))][: len(texts)]
    empty = [number for number, page in enumerate(texts, 1) if not page.strip()]
    return Reading("".join(texts), media_type, pages, empty, **more)


def shortened(pieces: Iterable[str]) -> list[str]:
    """Return what was left out, each piece once and cut to a length that can be kept."""
    once = dict.fromkeys(" ".join(piece.split())[:LONGEST_LEFT_OUT] for piece in pieces)
    return [piece for piece in once if piece][:MOST_LEFT_OUT]


def filled(reading: Reading, recognized: Mapping[int, str]) -> Reading:
    """Return the reading with what was recognized on its empty pages, by their number from 1."""
    ends = [*reading.pages[1:], len(reading.text)]
    texts = [reading.text[start:end] for start, end in zip(reading.pages, ends, strict=True)]
    for number in reading.empty_pages:
        if words := recognized.get(number):
            texts[number - 1] = words + PAGE_END
    again = paged(texts, reading.media_type, left_out=reading.left_out)
    return replace(again, garbled_pages=[n for n in reading.garbled_pages if n in again.empty_pages])


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
        garbled = _rising(reading.garbled_pages, 1, len(reading.pages))
    except (TypeError, AttributeError, UnicodeError) as error:
        raise ValueError(type(error).__name__) from None
    if not (fits and placed and numbered and garbled and _said(reading)):
        raise ValueError("no reading")
    return reading


def _said(reading: Reading) -> bool:
    """Tell whether what a reading says beside its text is of the kind and size it should be."""
    listed = isinstance(reading.left_out, list) and isinstance(reading.hints, dict)
    if not listed or len(reading.left_out) > MOST_LEFT_OUT or not set(HINTS).issuperset(reading.hints):
        return False
    words = [reading.media_type, reading.charset, *reading.left_out, *reading.hints.values()]
    return all(isinstance(word, str) and len(word) <= LONGEST_LEFT_OUT for word in words) and all(
        _can_be_kept(word) for word in words
    )


def _can_be_kept(word: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in word)


def _rising(numbers: object, least: int, most: int) -> bool:
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        return False
    return numbers == sorted(numbers) and all(least <= number <= most for number in numbers)


def labelled(raw: bytes, charset: str) -> bytes:
    """Return what goes in for a page: the character set its site named, or nothing, and the page."""
    return charset.encode("ascii", "ignore")[:40].replace(b"\n", b"") + b"\n" + raw


def label_of(content: bytes) -> tuple[str, bytes]:
    """Return the character set and the page that `labelled` put together."""
    charset, _end, raw = content.partition(b"\n")
    return charset.decode("ascii"), raw


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

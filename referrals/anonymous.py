"""Whether a text that leaves the house tells who somebody is: their names, numbers, addresses. Pure."""

import re
import unicodedata
from collections.abc import Iterable

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
# Seven digits and more, however they are parted: a phone, an A-Number, a receipt.
LONG_NUMBER = re.compile(r"\d(?:[\s().-]{0,2}\d){6,}")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
SHORTEST = 3  # letters of a name in Latin; shorter ones are particles: de, al, bin


def telling_parts(text: str, names: Iterable[str]) -> list[str]:
    """Return what of a text tells who somebody is, as it stands there: words of `names`, numbers, e-mails.

    Names are compared word by word, without accents and case. In scripts that join words to what stands
    before or after them a name is found inside a word too.
    """
    wanted = {word for name in names for word in _words(name) if _tells(word)}
    found = [word for word in _words_as_written(text) if any(_is_in(name, _plain(word)) for name in wanted)]
    found += LONG_NUMBER.findall(ISO_DAY.sub(" ", text))
    found += ADDRESS.findall(text)
    return list(dict.fromkeys(part.strip() for part in found))


def _tells(word: str) -> bool:
    return len(word) >= (SHORTEST if word.isascii() else 2)


def _is_in(name: str, word: str) -> bool:
    return name == word if name.isascii() else name in word


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _words_as_written(text)]


def _words_as_written(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text))


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))

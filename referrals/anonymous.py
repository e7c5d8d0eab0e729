"""Whether a text that leaves the house tells who somebody is: their names, numbers, addresses. Pure."""

import re
import unicodedata
from collections.abc import Iterable

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
# Seven digits and more, however they are parted: a phone, an A-Number, a receipt.
LONG_NUMBER = re.compile(r"\d(?:[\s().-]{0,2}\d){6,}")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
MONTHS = (
    *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?"),
    *("sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
)
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


def telling_days(text: str, born: Iterable[str]) -> list[str]:
    """Return the days of birth that stand in a text, however they are written in figures or in English.

    `born` are days as they are kept, "1991-04-12"; of one that is known in part nothing can be said.
    """
    found = []
    for day in born:
        if ISO_DAY.fullmatch(day):
            found += [match.group() for match in _as_written(day).finditer(text)]
    return list(dict.fromkeys(found))


def _as_written(born: str) -> re.Pattern[str]:
    year, month, day = born.split("-")
    short = f"(?:{year}|{year[2:]})"
    m, d, gap = f"0?{int(month)}", f"0?{int(day)}(?:st|nd|rd|th)?", r"[\s./,-]{1,2}"
    named = f"{MONTHS[int(month) - 1]}\\.?"
    ways = (
        *(f"{year}{gap}{m}{gap}{d}", f"{m}{gap}{d}{gap}{short}", f"{d}{gap}{m}{gap}{short}"),
        *(f"{named}{gap}{d}{gap}{short}", f"{d}{gap}(?:of\\s)?{named}{gap}{short}"),
    )
    return re.compile(rf"(?<!\d)(?:{'|'.join(ways)})(?!\d)", re.IGNORECASE)


def telling_phrases(text: str, phrases: Iterable[str]) -> list[str]:
    """Return the names of places that stand in a text whole, where these are not to be told."""
    plain = f" {' '.join(_words(text))} "
    return [one for one in dict.fromkeys(phrases) if one and f" {' '.join(_words(one))} " in plain]


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

"""Where two tellings of one thing differ in what can be counted or dated. Pure; says where to look, no more.

Two sentences are taken for one thing where they share some words that are not everywhere. They differ where
each names a year, a month, a day or another number and these are not the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SENTENCE = re.compile(r"(?<=[.!?؟。])\s+|\n+")
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d+")
SHARED = 3  # words two sentences share at least
LONG, LONG_ELSEWHERE = 4, 3  # letters of a word that counts, in English and in other scripts
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {word: str(number) for number, word in enumerate(ONES, 1)} | {"once": "1", "twice": "2"}
COMMON = frozenset(
    [
        *("about", "after", "again", "because", "been", "before", "could", "from", "have", "into", "just"),
        *("more", "other", "people", "said", "some", "that", "their", "them", "then", "there", "they"),
        *("this", "those", "were", "what", "when", "where", "which", "while", "with", "would", "your"),
    ]
)


@dataclass(frozen=True)
class Difference:
    """Two sentences that tell one thing, and what each says of it that the other does not."""

    one: str
    other: str
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]


def differences(one: str, other: str) -> list[Difference]:
    """Return where two tellings differ, each sentence of the first with the one that is most like it."""
    others = [(text, _words(text), _counted(text)) for text in _sentences(other)]
    return [found for text in _sentences(one) if (found := _against(text, others)) is not None]


def _against(text: str, others: Sequence[tuple[str, set[str], set[str]]]) -> Difference | None:
    words, counted = _words(text), _counted(text)
    alike = max(others, key=lambda each: len(words & each[1]), default=None)
    if alike is None or not counted or not alike[2] or len(words & alike[1]) < SHARED:
        return None
    mine, theirs = counted - alike[2], alike[2] - counted
    if not mine or not theirs:  # one says more than the other: that is no contradiction
        return None
    return Difference(text, alike[0], tuple(sorted(mine)), tuple(sorted(theirs)))


def _sentences(text: str) -> Iterator[str]:
    for sentence in SENTENCE.split(text):
        if sentence.strip():
            yield sentence.strip()


def _words(text: str) -> set[str]:
    words = (word.casefold() for word in WORD.findall(text))
    return {word for word in words if _is_long(word) and word not in COMMON and word not in MONTHS}


def _is_long(word: str) -> bool:
    return len(word) >= (LONG if word.isascii() else LONG_ELSEWHERE)


def _counted(text: str) -> set[str]:
    """Return the numbers and months of a sentence, numbers of any script as plain digits."""
    plain = "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in text.casefold()
    )
    words = WORD.findall(plain)
    numbers = {str(int(number)) for number in NUMBER.findall(plain)}
    return numbers | {COUNTS[word] for word in words if word in COUNTS} | {w for w in words if w in MONTHS}

"""How like two paragraphs are: the same words, near the same, reworded, or another matter."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["verbatim", "near", "reworded", "gone"]
WORD = re.compile(r"[^\W_]+", re.UNICODE)
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
NEAR, REWORDED = 90, 75  # of 100, by characters in sequence
PLAUSIBLE = 40  # of 100, by shared words: under it two paragraphs are not compared letter by letter
FOLDED = 80  # of 100, by shared words


@dataclass(frozen=True)
class Words:
    """A paragraph as a set of words, with the characters they take."""

    text: str
    words: frozenset[str]
    size: int

    @classmethod
    def of(cls, text: str) -> "Words":
        words = frozenset(WORD.findall(text.lower()))
        return cls(text, words, _size(words))


def _size(words: Iterable[str]) -> int:
    return sum(len(word) + 1 for word in words)


def likeness(one: Words, other: Words) -> float:
    """Return 0 to 100: the share of the words of both that both have, by their length."""
    size = one.size + other.size
    return 200 * _size(one.words & other.words) / size if size else 0.0


def ratio(one: str, other: str) -> float:
    """Return 0 to 100: twice the longest common subsequence of characters over both lengths.

    One big integer holds the state of a whole row (Hyyrö 2004), so that two paragraphs take some 0.2 ms.
    """
    if not one or not other:
        return 0.0
    places: dict[str, int] = {}
    for place, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << place
    full = (1 << len(one)) - 1
    row = full
    for character in other:
        met = row & places.get(character, 0)
        row = ((row + met) | (row - met)) & full
    return 200 * (len(one) - row.bit_count()) / (len(one) + len(other))


@dataclass(frozen=True)
class Counterpart:
    """What became of a paragraph in another edition; `key` None where it is gone."""

    key: int | None
    kind: Kind
    alike: int


def counterpart(paragraph: Words, edition: Iterable[tuple[int, Words]]) -> Counterpart:
    """Return the paragraph of another edition that says most nearly the same."""
    alike = [(likeness(paragraph, other), key, other) for key, other in edition]
    best: tuple[float, int | None] = (0.0, None)
    for shared, key, other in sorted(alike, key=lambda scored: -scored[0])[:2]:
        if paragraph.text == other.text:
            return Counterpart(key, "verbatim", 100)
        if shared >= PLAUSIBLE:
            percent = ratio(paragraph.text, other.text)
            best = (percent, key) if percent > best[0] else best
    percent, match = best
    if percent < REWORDED:
        return Counterpart(None, "gone", round(percent))
    return Counterpart(match, "near" if percent >= NEAR else "reworded", round(percent))


def numbers_changed(one: str, other: str) -> list[tuple[str, str]]:
    """Return the numbers that differ, as (only in one, only in the other), in their order."""
    before, after = NUMBER.findall(one), NUMBER.findall(other)
    gone = [n for n in before if n not in after]
    new = [n for n in after if n not in before]
    longest = max(len(gone), len(new))
    gone += [""] * (longest - len(gone))
    new += [""] * (longest - len(new))
    return list(zip(gone, new, strict=True))


def folded(texts: Sequence[str], most: int) -> list[int]:
    """Return the places of at most so many texts of which no two say nearly the same; the first stands."""
    kept: list[tuple[int, Words]] = []
    for place, text in enumerate(texts):
        words = Words.of(text)
        if not any(likeness(words, other) >= FOLDED for _place, other in kept):
            kept.append((place, words))
            if len(kept) == most:
                break
    return [place for place, _words in kept]

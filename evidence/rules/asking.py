"""What a search asks for: the country's name becomes a filter and leaves the words."""

import re
from dataclasses import dataclass
from functools import cache

from evidence.data import country_names

LONGEST = 20_000  # characters of a query that are looked at
PAIRS_OF_HALVES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Asked:
    """The free words without the country, and the country (ISO alpha-3) or nothing."""

    words: str
    iso3: str


def asked(text: str, iso3: str = "") -> Asked:
    """Take the country's name out of the words; if none was chosen, one country named alone is chosen."""
    text = PAIRS_OF_HALVES.sub(" ", text.replace("\0", " "))[:LONGEST]
    iso3 = iso3.upper()
    if not iso3:
        named = _countries_named(text)
        iso3 = named.pop() if len(named) == 1 else ""
    without = _pattern(iso3).sub(" ", text) if iso3 in country_names() else text
    words = " ".join(without.split())
    # A country alone is a question too: what is there about it?
    return Asked(words, iso3)


def _countries_named(text: str) -> set[str]:
    # As written with a capital: "turkey" and "chad" are words too.
    return {_by_name()[match.group().lower()] for match in _all_names().finditer(text)}


@cache
def _by_name() -> dict[str, str]:
    return {name.lower(): iso3 for iso3, names in country_names().items() for name in names}


@cache
def _all_names() -> re.Pattern[str]:
    names = sorted((name for names in country_names().values() for name in names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


@cache
def _pattern(iso3: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, country_names()[iso3]))
    return re.compile(rf"(?<!\w)(?:{names})(?:['’]s)?(?!\w)", re.IGNORECASE)

"""What a search asks for: the country's name becomes a filter and leaves the words."""

import re
from dataclasses import dataclass
from functools import cache

from evidence.data import country_names
from evidence.rules import spelling

LONGEST = 20_000  # characters of a query that are looked at
PAIRS_OF_HALVES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Asked:
    """The free words without the country, and the country (ISO alpha-3) or nothing.

    `either` holds the countries of a name that several bear: a person says which, none is chosen for them.
    """

    words: str
    iso3: str
    either: tuple[str, ...] = ()


def asked(text: str, iso3: str = "") -> Asked:
    """Take the country's name out of the words; if none was chosen, one country named alone is chosen."""
    text = PAIRS_OF_HALVES.sub(" ", text.replace("\0", " "))[:LONGEST]
    meant = {iso3.upper()} if iso3 else _countries_meant(text)
    if len(meant) > 1:
        return Asked(" ".join(text.split()), "", tuple(sorted(meant)))
    chosen = meant.pop() if meant else ""
    without = _pattern(chosen).sub(" ", text) if chosen in country_names() else text
    # A country alone is a question too: what is there about it?
    return Asked(" ".join(without.split()), chosen)


def _countries_meant(text: str) -> set[str]:
    """Return the countries that every name in the text may mean; none where it names different ones.

    As written with a capital: "turkey" and "chad" are words too.
    """
    named = [_bearers()[spelling.key(spelling.named(match))] for match in _all_names().finditer(text)]
    return set.intersection(*named) if named else set()


@cache
def _bearers() -> dict[str, set[str]]:
    bearers: dict[str, set[str]] = {}
    for iso3, names in country_names().items():
        for name in names:
            bearers.setdefault(spelling.key(name), set()).add(iso3)
    return bearers


@cache
def _all_names() -> re.Pattern[str]:
    return spelling.any_of(name for names in country_names().values() for name in names)


@cache
def _pattern(iso3: str) -> re.Pattern[str]:
    return spelling.any_of(country_names()[iso3], owned=True, flags=re.IGNORECASE)

"""Countries and cities named in a text."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from evidence.data import PlaceName, place_names
from evidence.rules import spelling


@dataclass(frozen=True)
class Mention:
    """A place a text names, as our list spells it; `countries` are all it may be or lie in.

    How often it is named, and where first.
    """

    name: str
    kind: str
    countries: tuple[str, ...]
    count: int
    start: int


@dataclass(frozen=True)
class CountryMention:
    """A country a text is about: ISO 3166-1 alpha-3, how often it or a place in it is named, where first."""

    iso3: str
    count: int
    start: int


@cache
def _places() -> dict[str, PlaceName]:
    known: dict[str, PlaceName] = {}
    for place in place_names():
        key = spelling.key(place.name)
        same = known.get(key, place)
        both = tuple(dict.fromkeys((*same.countries, *place.countries)))
        known[key] = PlaceName(same.name, same.kind, both)
    return known


@cache
def _pattern() -> re.Pattern[str]:
    return spelling.any_of(place.name for place in place_names())


def mentions(text: str) -> list[Mention]:
    """Return the places a text names, the most frequent first; small letters name none ("us", "turkey")."""
    mentioned: dict[str, Mention] = {}
    for match in _pattern().finditer(text):
        place = _places()[spelling.key(spelling.named(match))]
        before = mentioned.get(place.name) or Mention(
            place.name, place.kind, place.countries, 0, match.start()
        )
        mentioned[place.name] = replace(before, count=before.count + 1)
    return sorted(mentioned.values(), key=lambda place: (-place.count, place.start))


def without(text: str) -> str:
    """Return a text without the places it names."""
    return _pattern().sub(" ", text)


def is_place(name: str) -> bool:
    """Tell whether a name is that of a place, whatever its case."""
    return spelling.key(name) in _places()


def countries(places: list[Mention]) -> list[CountryMention]:
    """Return one entry per country, cities counted for theirs, the most frequent first.

    A name that several countries bear counts for those of them the text names otherwise, else for each.
    """
    certain = {place.countries[0] for place in places if len(place.countries) == 1}
    totals: Counter[str] = Counter()
    first: dict[str, int] = {}
    for place in places:
        for iso3 in certain.intersection(place.countries) or place.countries:
            totals[iso3] += place.count
            first[iso3] = min(place.start, first.get(iso3, place.start))
    mentions = [CountryMention(iso3, totals[iso3], first[iso3]) for iso3 in totals]
    return sorted(mentions, key=lambda mention: (-mention.count, mention.start, mention.iso3))

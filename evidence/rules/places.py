"""Countries and cities named in a text."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from evidence.data import PlaceName, place_names


@dataclass(frozen=True)
class Mention:
    """A place a text names: `name` as first written, `iso3` its country, how often, and where first."""

    name: str
    kind: str
    iso3: str
    count: int
    start: int


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(place_names(), key=len, reverse=True)  # "New York City" before "New York"
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def mentions(text: str) -> list[Mention]:
    """Return the places a text names, the most frequent first; case matters ("us" is no country)."""
    found = [(match.group(), match.start()) for match in _pattern().finditer(text)]
    counts = Counter(name for name, _start in found)
    first: dict[str, int] = {}
    for name, start in found:
        first.setdefault(name, start)
    places = [_mention(place_names()[name], counts[name], first[name]) for name in counts]
    return sorted(places, key=lambda place: (-place.count, place.start))


def _mention(place: PlaceName, count: int, start: int) -> Mention:
    return Mention(place.name, place.kind, place.iso3, count, start)


def countries(places: list[Mention]) -> list[Mention]:
    """Return one entry per country, cities counted for theirs, the most frequent first."""
    totals: Counter[str] = Counter()
    first: dict[str, Mention] = {}
    for place in places:
        totals[place.iso3] += place.count
        if place.iso3 not in first or place.start < first[place.iso3].start:
            first[place.iso3] = place
    merged = [Mention(p.name, "country", iso, totals[iso], p.start) for iso, p in first.items()]
    return sorted(merged, key=lambda place: (-place.count, place.start))

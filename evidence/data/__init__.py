"""The gazetteer: names of countries and cities as they stand in published texts."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class PlaceName:
    """One spelling of a place: `kind` country or city, `iso3` ISO 3166-1 alpha-3."""

    name: str
    kind: str
    iso3: str


@cache
def place_names() -> dict[str, PlaceName]:
    """Return {spelling: place}."""
    with (Path(__file__).parent / "places.csv").open(newline="") as file:
        rows = [PlaceName(row["name"], row["kind"], row["iso3"]) for row in csv.DictReader(file)]
    return {place.name: place for place in rows}

"""Countries and places, and the words of the field: what is said in several ways, what sections are about."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class PlaceName:
    """One spelling of a place: `kind` country, city or region; `countries` all it may be or lie in.

    Countries by ISO 3166-1 alpha-3; several for a name that several bear ("Congo").
    """

    name: str
    kind: str
    countries: tuple[str, ...]


@cache
def country_names() -> dict[str, list[str]]:
    """Return {ISO alpha-3: names, other names and words for its people}, as questions use them."""
    names: dict[str, list[str]] = {}
    for row in _rows("countries.csv"):
        names.setdefault(row["iso3"], []).append(row["name"])
    return names


@cache
def place_names() -> list[PlaceName]:
    """Return the places a text may name. A word for a people ("Congolese") names none."""
    bearers: dict[str, list[str]] = {}
    for row in _rows("countries.csv"):
        if row["kind"] == "name":
            bearers.setdefault(row["name"], []).append(row["iso3"])
    countries = [PlaceName(name, "country", tuple(codes)) for name, codes in bearers.items()]
    others = [PlaceName(row["name"], row["kind"], (row["iso3"],)) for row in _rows("places.csv")]
    return countries + others


@cache
def verbs(use: str) -> list[str]:
    """Return the verbs that stand after who publishes ("publisher") or who speaks ("speaker")."""
    return [row["verb"] for row in _rows("verbs.csv") if row["use"] == use]


@dataclass(frozen=True)
class Concept:
    """Several ways to say one thing; `from_two` names two concepts that together mean this one."""

    name: str
    terms: tuple[str, ...]
    from_two: tuple[str, ...]


@cache
def concepts() -> list[Concept]:
    """Return the synonyms of the field."""
    return [
        Concept(row["concept"], _split(row["terms"], "|"), _split(row["from_two"], "+"))
        for row in _rows("synonyms.csv")
    ]


def _split(cell: str, by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(by) if part.strip())


@cache
def irregular_words() -> list[tuple[str, str]]:
    """Return (form, base) of words whose forms a stemmer does not bring together."""
    return [(row["word"], row["base"]) for row in _rows("irregular.csv")]


@dataclass(frozen=True)
class Topic:
    """What a section is about, told by words of its name."""

    code: str
    label: str
    words: tuple[str, ...]


@cache
def topics() -> list[Topic]:
    """Return the topics, the first that fits a section counting."""
    return [Topic(row["topic"], row["label"], _split(row["words"], "|")) for row in _rows("topics.csv")]


@cache
def adverse_patterns() -> list[tuple[str, str]]:
    """Return (reason, pattern) of what may speak against a claim."""
    return [(row["reason"], row["pattern"]) for row in _rows("adverse.csv")]

"""Countries and places, and the words of the field: what is said in several ways, what sections are about.

Each list is a file beside this one, a line of which is all that a name, a verb or a synonym needs. A line
that is not what it should be is refused with its file and number, and stops the start (`evidence/apps.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundation.figures import BadData, Row, read_rows

HERE = Path(__file__).parent
COLUMNS = {
    "countries": "iso3,name,kind,source",
    "places": "name,kind,iso3,source,confidence",
    "verbs": "verb,use",
    "synonyms": "concept,terms,from_two",
    "irregular": "word,base",
    "topics": "topic,label,words",
    "adverse": "reason,pattern",
    "months": "name,month",
    "phrases": "phrase,use",
    "publishers": "publisher,sign,use",
    "roles": "word,use",
}
# What verbs.csv may be used for; each has its pattern in evidence/rules/statement.py or speakers.py.
PUBLISHER, SPEAKER = "publisher", "speaker"
# What phrases.csv may be used for: lines above a text that are not its title, and those it ends with.
KICKER, PUBLISHED, POSTED, SOURCE = "kicker", "published", "posted", "source"
LABEL, BYLINE, ENDING, ENDING_START = "label", "byline", "ending", "ending_start"
PHRASES = (KICKER, PUBLISHED, POSTED, SOURCE, LABEL, BYLINE, ENDING, ENDING_START)
MONTHS = [str(number) for number in range(1, 13)]
# What publishers.csv may be used for: a name, an agency's sign, a site that collects what others publish.
NAME, WIRE, COLLECTS = "name", "wire", "collects"
# What roles.csv may be used for: what people do, how they are addressed, those who speak as one, with
# what the name of an organization begins where no capitals tell, what has a capital and is no name.
ROLE, HONORIFIC, GROUP, BODY, NO_NAME = "role", "honorific", "group", "body", "no_name"
USES_OF_ROLES = (ROLE, HONORIFIC, GROUP, BODY, NO_NAME)
# Why a passage may speak against a claim; the words for people stand in evidence/words.py.
REASONS = ("nothing_reported", "protection", "improved", "respected", "elsewhere")
BASE = "django-countries"  # the source of the rows that list the countries there are
OTHERWISE_NAMED = ("HKG", "VIR", "XKX")  # which have no such row
NOT_A_PLACE = re.compile(r"[_\d|]|\s\s")


def _rows(name: str, *once: str) -> Iterator[Row]:
    """Yield the rows of a list; those equal in the columns of `once` are refused.

    Raises BadData where a row is not what it should be.
    """
    seen = set()
    for row in read_rows(HERE / f"{name}.csv", COLUMNS[name].split(",")):
        if any(value != value.strip() for value in row.values.values()):
            raise row.bad("a cell begins or ends with a space")
        key = tuple(row.text(column) for column in once)
        if once and key in seen:
            raise row.bad(f"{', '.join(key)} stands twice")
        seen.add(key)
        yield row


def _name(row: Row) -> str:
    """Return a name of a country or place, as a text may write it."""
    name = row.text("name")
    if NOT_A_PLACE.search(name):
        raise row.bad(f"name is {name!r}: a name has no digit, underscore or double space")
    return name


@dataclass(frozen=True)
class PlaceName:
    """One spelling of a place: `kind` country, city or region; `countries` all it may be or lie in.

    Countries by ISO 3166-1 alpha-3; several for a name that several bear ("Congo").
    """

    name: str
    kind: str
    countries: tuple[str, ...]


@cache
def _countries() -> list[tuple[str, str, str]]:
    """Return (ISO alpha-3, name, "name" or "demonym"). Raises BadData."""
    rows = list(_rows("countries", "iso3", "name"))
    known = {row.values["iso3"] for row in rows if row.values["source"] == BASE} | set(OTHERWISE_NAMED)
    return [_country(row, known) for row in rows]


def _country(row: Row, known: set[str]) -> tuple[str, str, str]:
    row.text("source")
    code = row.values["iso3"]
    if code not in known:
        raise row.bad(f"iso3 is {code!r}: no country of this list")
    return code, _name(row), row.choice("kind", ("name", "demonym"))


@cache
def country_names() -> dict[str, list[str]]:
    """Return {ISO alpha-3: names, other names and words for its people}, as questions use them.

    Raises BadData.
    """
    names: dict[str, list[str]] = {}
    for code, name, _kind in _countries():
        names.setdefault(code, []).append(name)
    return names


@cache
def place_names() -> list[PlaceName]:
    """Return the places a text may name. A word for a people ("Congolese") names none. Raises BadData."""
    bearers: dict[str, list[str]] = {}
    for code, name, kind in _countries():
        if kind == "name":
            bearers.setdefault(name, []).append(code)
    countries = [PlaceName(name, "country", tuple(codes)) for name, codes in bearers.items()]
    return countries + [_place(row) for row in _rows("places", "name")]


def _place(row: Row) -> PlaceName:
    name, code = _name(row), row.values["iso3"]
    if any(name == country for _code, country, _kind in _countries()):
        raise row.bad(f"{name} is in countries.csv already")
    if code not in country_names():
        raise row.bad(f"iso3 is {code!r}: no country of countries.csv")
    return PlaceName(name, row.choice("kind", ("city", "region")), (code,))


@cache
def verbs(use: str) -> list[str]:
    """Return the verbs that stand after who publishes (PUBLISHER) or who speaks (SPEAKER). Raises BadData."""
    return [verb for verb, used in _verbs() if used == use]


def _verbs() -> list[tuple[str, str]]:
    return [
        (row.text("verb"), row.choice("use", (PUBLISHER, SPEAKER))) for row in _rows("verbs", "verb", "use")
    ]


@dataclass(frozen=True)
class Concept:
    """Several ways to say one thing; `from_two` names two concepts that together mean this one."""

    name: str
    terms: tuple[str, ...]
    from_two: tuple[str, ...]


@cache
def concepts() -> list[Concept]:
    """Return the synonyms of the field. Raises BadData."""
    rows = list(_rows("synonyms", "concept"))
    names = {row.values["concept"] for row in rows}
    return [_concept(row, names) for row in rows]


def _concept(row: Row, names: set[str]) -> Concept:
    from_two = _split(row.values["from_two"], "+")
    if from_two and (len(from_two) != 2 or not names.issuperset(from_two)):
        raise row.bad(f"from_two is {row.values['from_two']!r}: two concepts of this file are needed")
    return Concept(row.text("concept"), _split(row.text("terms"), "|"), from_two)


def _split(cell: str, by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(by) if part.strip())


@cache
def irregular_words() -> list[tuple[str, str]]:
    """Return (form, base) of words whose forms a stemmer does not bring together. Raises BadData."""
    return [(row.text("word"), row.text("base")) for row in _rows("irregular", "word", "base")]


@dataclass(frozen=True)
class Topic:
    """What a section is about, told by words of its name."""

    code: str
    label: str
    words: tuple[str, ...]


@cache
def topics() -> list[Topic]:
    """Return the topics, the first that fits a section counting. Raises BadData."""
    return [
        Topic(row.text("topic"), row.text("label"), _split(row.text("words"), "|"))
        for row in _rows("topics", "topic")
    ]


@cache
def adverse_patterns() -> list[tuple[str, str]]:
    """Return (reason, pattern) of what may speak against a claim. Raises BadData."""
    return [_adverse(row) for row in _rows("adverse", "pattern")]


def _adverse(row: Row) -> tuple[str, str]:
    pattern = row.text("pattern")
    try:
        re.compile(pattern)
    except re.error as error:
        raise row.bad(f"pattern cannot be read: {error}") from error
    return row.choice("reason", REASONS), pattern


@cache
def months() -> dict[str, int]:
    """Return {name or short name of a month, in small letters: its number}. Raises BadData."""
    rows = _rows("months", "name")
    return {row.text("name").lower(): int(row.choice("month", MONTHS)) for row in rows}


@cache
def phrases(use: str) -> list[str]:
    """Return the phrases of one use (PHRASES), in small letters. Raises BadData."""
    return [phrase for phrase, used in _phrases() if used == use]


def _phrases() -> list[tuple[str, str]]:
    rows = _rows("phrases", "phrase", "use")
    return [(row.text("phrase").lower(), row.choice("use", PHRASES)) for row in rows]


@cache
def publishers(use: str) -> dict[str, str]:
    """Return {sign: publisher} of one use: NAME, WIRE or COLLECTS. Raises BadData."""
    return {sign: publisher for sign, publisher, used in _publishers() if used == use}


def _publishers() -> list[tuple[str, str, str]]:
    rows = _rows("publishers", "sign")
    return [
        (row.text("sign"), row.text("publisher"), row.choice("use", (NAME, WIRE, COLLECTS))) for row in rows
    ]


@cache
def roles(use: str) -> list[str]:
    """Return the words of one use: ROLE, HONORIFIC or GROUP. Raises BadData."""
    return [word for word, used in _roles() if used == use]


def _roles() -> list[tuple[str, str]]:
    return [(row.text("word"), row.choice("use", USES_OF_ROLES)) for row in _rows("roles", "word", "use")]


LISTS = (
    *(place_names, _verbs, concepts, irregular_words, topics, adverse_patterns),
    *(months, _phrases, _publishers, _roles),
)


def read_all() -> None:
    """Read every list whole. Raises BadData with file and line."""
    for read in LISTS:
        read()


__all__ = [
    "PUBLISHER",
    "REASONS",
    "SPEAKER",
    "BadData",
    "Concept",
    "PlaceName",
    "Topic",
    "adverse_patterns",
    "concepts",
    "country_names",
    "irregular_words",
    "place_names",
    "read_all",
    "topics",
    "verbs",
]

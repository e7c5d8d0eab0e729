"""The lists beside this file: courts, common countries, papers to ask for. A person can edit them.

The languages somebody may speak stand in foundation/languages."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundation.figures import Figure, read_rows
from foundation.figures.reading import Row
from foundation.languages import Language, language_rows, languages

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Court:
    """An immigration court: EOIR's code, its name, city and state; `docket` says who is heard there."""

    code: str
    name: str
    city: str
    state: str
    docket: str
    is_open: bool

    @property
    def label(self) -> str:
        """The court as people choose it; its state stands last (screening/facts.py reads it)."""
        return f"{self.name}, {self.state}"


def _common_countries() -> list[Row]:
    return read_rows(HERE / "common_countries.csv", ["code", "confidence", "source"])


def _courts() -> list[Row]:
    columns = ["code", "name", "city", "state", "docket", "listing", "confidence", "source"]
    return read_rows(HERE / "immigration_courts.csv", columns)


def paper_rows() -> list[Row]:
    """Return the lines of the checklist of papers (intake/checklist.py)."""
    return read_rows(HERE / "papers.csv", ["code", "kind", "usual", "shown", "confidence", "source"])


# The languages of the site (settings.LANGUAGES) by the code of the same one in languages.csv.
SPOKEN = {"en": "eng", "ar": "ara"}


def spoken_from(site: str) -> list[Language]:
    """Return the languages with that of the page somebody reads first."""
    return sorted(languages(), key=lambda language: language.code != SPOKEN.get(site))


@cache
def common_countries() -> tuple[str, ...]:
    """Return the codes of the countries most people come from, the first of the list of all."""
    return tuple(row.text("code") for row in _common_countries())


@cache
def courts() -> tuple[Court, ...]:
    """Return the courts by name."""
    rows = (
        Court(
            row.text("code"),
            row.text("name"),
            row.values["city"],
            row.values["state"],
            row.text("docket"),
            row.text("listing").startswith("open"),
        )
        for row in _courts()
    )
    return tuple(sorted(rows, key=lambda court: court.name))


def figures() -> tuple[Figure, ...]:
    """Return the sureness of every row, for the data check."""
    return (
        *(row.figure(f"language {row.text('code')}", row.text("name")) for row in language_rows()),
        *(row.figure(f"court {row.text('code')}", row.text("name")) for row in _courts()),
        *(row.figure(f"country {row.text('code')}", row.text("source")) for row in _common_countries()),
        *(row.figure(f"paper {row.text('code')}", row.text("code")) for row in paper_rows()),
    )

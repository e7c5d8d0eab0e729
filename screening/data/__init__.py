"""Load the dated figures beside this file, refusing what is not whole."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class BadData(ValueError):
    """A data file is not what it should be; the message names file and row."""


@dataclass(frozen=True)
class Guideline:
    """One row of the federal poverty guidelines, whole dollars a year."""

    year: int
    effective_date: date
    schedule: str
    first_person: int
    each_additional: int
    source: str


@cache
def guidelines() -> tuple[Guideline, ...]:
    """Return every poverty guideline row, oldest first."""
    path = HERE / "poverty_guidelines.csv"
    with path.open(newline="") as file:
        rows = [_guideline(row, number) for number, row in enumerate(csv.DictReader(file), start=2)]
    return tuple(sorted(rows, key=lambda row: row.effective_date))


def _guideline(row: dict[str, str], line: int) -> Guideline:
    try:
        if not row["source"] or not row["confidence"]:
            raise ValueError("source and confidence are needed")
        return Guideline(
            int(row["year"]),
            date.fromisoformat(row["effective_date"]),
            row["schedule"],
            int(row["first_person"]),
            int(row["each_additional_person"]),
            row["source"],
        )
    except (KeyError, ValueError) as error:
        raise BadData(f"poverty_guidelines.csv line {line}: {error}") from error


@cache
def ruleset() -> dict[str, Any]:
    """Return the figures of ruleset.toml."""
    figures = tomllib.loads((HERE / "ruleset.toml").read_text())
    missing = {"ruleset", "effective_from", "source", "limits", "points", "bands", "look_within"} - set(
        figures
    )
    if missing:
        raise BadData(f"ruleset.toml lacks {', '.join(sorted(missing))}")
    return figures

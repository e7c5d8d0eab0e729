"""Load the dated deadline rules beside this file."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


class BadData(ValueError):
    """A data file is not what it should be; the message names file and row."""


@dataclass(frozen=True)
class Rule:
    """One row of deadlines.csv: what it is called, how it is counted, where it is written."""

    key: str
    name: str
    counting: str
    citation: str
    confidence: str
    note: str


@cache
def deadline_rules() -> dict[str, Rule]:
    """Return {key: rule}; refuses rows without citation or confidence."""
    with (Path(__file__).parent / "deadlines.csv").open(newline="") as file:
        rules = [_rule(row, line) for line, row in enumerate(csv.DictReader(file), start=2)]
    return {rule.key: rule for rule in rules}


def _rule(row: dict[str, str], line: int) -> Rule:
    if not row["citation"] or not row["confidence"]:
        raise BadData(f"deadlines.csv line {line}: citation and confidence are needed")
    counting = f"{row['offset']} {row['unit']} {row['direction']} {row['trigger']}".strip()
    return Rule(row["key"], row["name"], counting, row["citation"], row["confidence"], row["note"])

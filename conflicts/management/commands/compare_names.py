"""manage.py compare_names FILE.csv: score pairs of names; needs no database."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conflicts.rules import UnusableName, analyse, compare

COLUMNS = {"name1", "name2"}


class Command(BaseCommand):
    help = "Print name1,name2,score,match for each row of a CSV file with the columns name1 and name2."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        """Score every row; a name that cannot be compared scores 0 and matches nothing."""
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(["name1", "name2", "score", "match"])
        for one, other in pairs_in(file):
            score, match = score_of(one, other)
            writer.writerow([one, other, f"{score:.4f}", "true" if match else "false"])


def pairs_in(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a CSV file, or raise CommandError if it is not there or lacks a column."""
    try:
        with file.open(newline="", encoding="utf-8-sig", errors="replace") as lines:
            rows = csv.DictReader(lines)
            if not set(rows.fieldnames or ()) >= COLUMNS:
                raise CommandError(f"{file} needs the columns name1 and name2.")
            for row in rows:
                yield row["name1"] or "", row["name2"] or ""
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def score_of(one: str, other: str) -> tuple[float, bool]:
    try:
        comparison = compare(analyse(one), analyse(other))
    except UnusableName:
        return 0.0, False
    return comparison.score, comparison.match

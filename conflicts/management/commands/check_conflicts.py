"""manage.py check_conflicts FILE.csv: look names up among all parties, in this process."""

import csv
import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from conflicts.index import Hit
from conflicts.models import Party
from conflicts.rules import UnusableName, analyse
from conflicts.worker import Names
from foundation.vault.opening import open_many


class Command(BaseCommand):
    help = (
        "Look up each row's name (optional columns date_of_birth, nationality) among the parties of all"
        " offices and print ranked hits with their reasons. Reads every party first; needs no worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--limit", type=int, default=10, help="hits for each name (10)")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *, file: Path, limit: int, **options: Any) -> None:
        rows = list(rows_in(file))
        names = Names()
        names.load()
        results = [look_up(names, row, limit=max(1, limit)) for row in rows]
        if options["json"]:
            self.stdout.write(json.dumps(results, ensure_ascii=False, indent=1))
            return
        for result in results:
            self.stdout.write(f"{result['query']}  ({result['ms']} ms)")
            for hit in result["hits"]:
                self.stdout.write(f"  {hit['score']:.3f}  {hit['name']}  {hit['matter']}")


def rows_in(file: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file, or raise CommandError if it is not there or has no names."""
    try:
        with file.open(newline="", encoding="utf-8-sig", errors="replace") as lines:
            rows = csv.DictReader(lines)
            if "name" not in (rows.fieldnames or ()):
                raise CommandError(f"{file} needs the column name.")
            yield from rows
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def look_up(names: Names, row: dict[str, str], *, limit: int) -> dict[str, Any]:
    """Return one query's answer; `ms` is the look-up alone, without opening the names that are printed."""
    query = row["name"] or ""
    began = time.perf_counter()
    try:
        analysis = analyse(query)
    except UnusableName as refusal:
        return {"query": query, "ms": _since(began), "hits": [], "refused": str(refusal)}
    born, country = row.get("date_of_birth") or None, row.get("nationality") or None
    hits = [
        hit
        for index in names.indexes.values()
        for hit in index.look_up(analysis, limit=limit, birth_date=born, country=country)
    ]
    hits.sort(key=lambda hit: hit.score, reverse=True)
    spent = _since(began)
    return {"query": query, "ms": spent, "hits": shown(hits[:limit])}


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)


def shown(hits: list[Hit]) -> list[dict[str, Any]]:
    """Open the names of what was found."""
    with transaction.atomic():
        parties = {party.number: party for party in Party.objects.filter(number__in=[h.id for h in hits])}
        opened = open_many(parties.values(), "details", purpose="check_conflicts")
    return [
        {
            "name": opened[party.pk].details["name"],
            "score": hit.score,
            "reasons": hit.comparison.as_dict()["reasons"],
            "matter": str(party.matter_id),
        }
        for hit in hits
        if (party := parties.get(hit.id))
    ]

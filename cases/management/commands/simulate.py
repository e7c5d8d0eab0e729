"""`manage.py simulate`: try other data files over an office's open cases. Nothing is saved."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from cases.models import Case
from cases.runs import BATCH
from cases.trying import Pair, try_change
from foundation.accounts.models import Office
from foundation.figures import BadData
from screening.explaining import difference
from screening.simulation import FILES, Change, changed_tables


class Command(BaseCommand):
    """Exit status: 0 whatever is found; 1 where a file or an office cannot be used."""

    help = "Say which open cases of an office would come out differently with other data files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", required=True, metavar="SLUG", help="the office, by its short name")
        parser.add_argument("--ruleset", type=Path, metavar="FILE", help="in place of ruleset.toml")
        parser.add_argument(
            "--guidelines", type=Path, metavar="FILE", help="in place of poverty_guidelines.csv"
        )
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        given = dict(zip(FILES, (options["ruleset"], options["guidelines"]), strict=True))
        try:
            files = {name: path.read_bytes() for name, path in given.items() if path}
            change = Change(changed_tables(files))
        except (OSError, BadData) as error:
            raise CommandError(str(error)) from error
        with transaction.atomic():
            office = Office.objects.filter(slug=options["office"]).first()
            if office is None:
                raise CommandError(f"There is no office {options['office']}.")
            pairs = list(_pairs(office, replace(change, own=office.own_figures)))
        rows = [_row(pair) for pair in pairs if pair.is_different]
        if options["json"]:
            self.stdout.write(json.dumps({"looked_at": len(pairs), "different": rows}, indent=2))
            return
        for row in rows:
            codes = " ".join([*(f"+{code}" for code in row["gained"]), *(f"-{code}" for code in row["lost"])])
            outcome, band = " > ".join(row["outcome"]), " > ".join(row["band"])
            self.stdout.write(f"{row['reference']:<12} {outcome:<44} {band:<20} {codes}".rstrip())
        self.stdout.write(f"{len(rows)} of {len(pairs)} would come out differently")


def _pairs(office: Office, change: Change) -> Iterator[Pair]:
    today = office.today(timezone.now())
    cases = list(Case.objects.filter(office=office, closed_at=None).select_related("intake").order_by("pk"))
    for start in range(0, len(cases), BATCH):
        yield from try_change(cases[start : start + BATCH], change, on=today)


def _row(pair: Pair) -> dict[str, Any]:
    differs = difference(pair.now, pair.then)
    return {
        "reference": pair.case.reference,
        "outcome": list(dict.fromkeys((pair.now.outcome, pair.then.outcome))),
        "band": list(dict.fromkeys((pair.now.band, pair.then.band))),
        "gained": differs.gained,
        "lost": differs.lost,
    }

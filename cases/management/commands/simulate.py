"""`manage.py simulate`: try other data files over an office's past intakes. Nothing is saved."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from cases.models import Case
from foundation.accounts.models import Office
from foundation.figures import BadData
from screening.simulation import FILES, NEWEST, Change, Simulation, changed_tables, simulate


class Command(BaseCommand):
    """Exit status: 0 whatever is found; 1 where a file or an office cannot be used."""

    help = "Say which past intakes of an office would come out differently with other data files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", required=True, metavar="SLUG", help="the office, by its short name")
        parser.add_argument("--ruleset", type=Path, metavar="FILE", help="in place of ruleset.toml")
        parser.add_argument(
            "--guidelines", type=Path, metavar="FILE", help="in place of poverty_guidelines.csv"
        )
        parser.add_argument("--newest", type=int, default=NEWEST, metavar="N", help="look at the newest N")
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
            today = office.today(timezone.now())
            simulation = simulate(office.pk, change, on=today, newest=options["newest"])
            rows = _rows(simulation)
        if options["json"]:
            shown = {"looked_at": simulation.looked_at, "there_are": simulation.there_are, "different": rows}
            self.stdout.write(json.dumps(shown, indent=2))
            return
        for row in rows:
            codes = " ".join([*(f"+{code}" for code in row["gained"]), *(f"-{code}" for code in row["lost"])])
            outcome, band = " > ".join(row["outcome"]), " > ".join(row["band"])
            self.stdout.write(f"{row['reference']:<12} {outcome:<44} {band:<20} {codes}".rstrip())
        self.stdout.write(f"{len(rows)} of {simulation.looked_at} would come out differently")


def _rows(simulation: Simulation) -> list[dict[str, Any]]:
    cases = Case.objects.filter(intake__in=[turned.intake for turned in simulation.turned])
    references = dict(cases.values_list("intake", "reference"))
    return [
        {
            "reference": references.get(turned.intake, ""),
            "outcome": list(dict.fromkeys((turned.before.outcome, turned.after.outcome))),
            "band": list(dict.fromkeys((turned.before.band, turned.after.band))),
            "gained": turned.differs.gained,
            "lost": turned.differs.lost,
        }
        for turned in simulation.turned
    ]

"""Make a large office of invented people on a throwaway cluster of its own, to measure with."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benchmarks import office


class Command(BaseCommand):
    help = "Write --cases cases over --offices offices into the throwaway database, which is emptied first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=1000)
        parser.add_argument("--offices", type=int, default=1)
        parser.add_argument("--seed", type=int, default=1, help="another one makes other people")
        parser.add_argument("--json", action="store_true", help="print what was made as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        shape = office.Shape(cases=options["cases"], offices=options["offices"], seed=options["seed"])
        if not 0 < shape.offices <= shape.cases:
            raise CommandError("Give at least one case for each office.", returncode=2)
        began = time.monotonic()
        for count in office.make(office.bench_url("migrator"), shape):
            self.stderr.write(f"{count} of {shape.cases} cases, {time.monotonic() - began:.0f} s")
        made = {"cases": shape.cases, "offices": shape.offices, "seconds": round(time.monotonic() - began, 1)}
        self.stdout.write(json.dumps(made) if options["json"] else f"Made {made}.")

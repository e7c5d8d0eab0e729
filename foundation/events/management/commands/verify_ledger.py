"""Check that the ledger is whole: nothing edited, nothing deleted, nothing cut off its end."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from foundation.events import checkpoints


class Command(BaseCommand):
    help = "Verify the signed ledger. Exit status: 0 whole, 1 something is wrong, 2 wrong use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchors", type=Path, help="compare with anchors kept elsewhere, in this file")
        parser.add_argument("--export", type=Path, help="write the newest anchors into this file and stop")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"]:
            checkpoints.write_anchors(options["export"])
            return
        known = checkpoints.read_anchors(options["anchors"] or settings.LEDGER_ANCHORS)
        report = checkpoints.verify(known)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
        else:
            self.stdout.write(
                f"{report.rows} rows under {report.checkpoints} checkpoints,"
                f" {report.uncovered} not signed yet."
            )
            for restored in report.restored:
                self.stdout.write(f"{restored} {'None of those before is missing.' * (not report.problems)}")
            for gone in report.let_go:
                self.stdout.write(gone)
            for problem in report.problems:
                self.stdout.write(f"WRONG {problem}")
        if report.problems:
            sys.exit(1)

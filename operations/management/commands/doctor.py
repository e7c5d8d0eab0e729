"""`manage.py doctor`: how every part stands, and what to do where it is not as it should be."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from operations.doctor import everything
from operations.findings import BAD, OK


class Command(BaseCommand):
    help = "Look at every part. Exit status: 0 where nothing must be mended, 1 where something must."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = everything(at=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps([one.as_dict for one in findings], indent=1))
        else:
            for one in findings:
                self.stdout.write(f"{one.state.upper():<5} {one.title}: {one.words}")
                if one.state != OK:
                    self.stdout.write(f"      {one.todo}")
        if any(one.state == BAD for one in findings):
            sys.exit(1)

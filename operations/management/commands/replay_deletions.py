"""`manage.py replay_deletions FILE`: what was deleted since a database was put back is deleted again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from operations.deletions import lines_of, replay_deletions


class Command(BaseCommand):
    help = "Erase again what was erased, ask again what was asked; `restore` does it by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the newest deletions.txt, kept outside the machine")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"{options['file']} is not there.")
        try:
            done = replay_deletions(lines_of(options["file"]), at=timezone.now())
        except ValueError as error:
            raise CommandError(f"{options['file']} is no file of deletions. Nothing was changed.") from error
        self.stdout.write(f"Deleted again: {done.erased} matters; asked again: {done.asked}.")

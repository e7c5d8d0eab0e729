"""`manage.py import_corpus FILE`: put a passage file on the reference shelf."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence.actions.shelf_import import BadPassage, count_words, import_passages, uncounted_countries


class Command(BaseCommand):
    help = (
        "Add the passages of a .jsonl or .jsonl.gz file to the reference shelf. Passages that are there"
        " already are left alone, so a run that was broken off can be repeated."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="JSON lines: iso3 year slug n section anchor start text")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=2)
        began, read, added = time.monotonic(), 0, 0
        try:
            for progress in import_passages(path):
                read, added = progress.read, progress.added
                rate = read / (time.monotonic() - began)
                self.stderr.write(f"{read:>9,} read  {added:>9,} new  {rate:>7,.0f}/s")
        except BadPassage as error:
            raise CommandError(f"{error} What came before it is kept.") from error
        finally:
            self.stderr.write("counting words")
            count_words(uncounted_countries())
        seconds = time.monotonic() - began
        self.stderr.write(
            f"{added:,} passages added in {seconds:.1f} s ({read / max(seconds, 0.001):,.0f}/s)"
        )

"""`manage.py backup DIR --keys DIR`: one consistent backup, its keys apart, sealed and read again."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from operations.archive import BadArchive
from operations.backing_up import back_up, drop_old
from operations.programs import NoProgram


class Command(BaseCommand):
    help = (
        "Write a backup of data, files, approvals and anchors into a new folder under DIR, and the wrapped"
        " keys under another. docs/how-to/backup.md says who keeps what."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, help="where the data's half goes")
        parser.add_argument("--keys", type=Path, required=True, help="where the keys' half goes: other hands")
        parser.add_argument("--every", type=float, metavar="HOURS", help="go on, one every so many hours")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dir"].resolve() == options["keys"].resolve():
            raise CommandError("Data and keys go to two places: whoever finds one must not find the other.")
        while True:
            failed = self._once(options["dir"], options["keys"])
            if not options["every"]:
                if failed:
                    raise CommandError(failed)
                return
            if failed:
                self.stderr.write(failed)
            time.sleep(options["every"] * 3600)

    def _once(self, data: Path, keys: Path) -> str:
        """Make one, and return what failed, or ""."""
        now = timezone.now()
        whose = {"data_for": settings.BACKUP_RECIPIENTS, "keys_for": settings.BACKUP_KEY_RECIPIENTS}
        try:
            made = back_up(data, keys, **whose, at=now)
        except (BadArchive, NoProgram, OSError) as error:
            return f"No backup was made: {error}"
        for folder, days in ((data, settings.BACKUP_DAYS), (keys, settings.BACKUP_KEY_DAYS)):
            drop_old(folder, before=now - timedelta(days=days))
        figures = made.figures
        self.stdout.write(
            f"{made.data} and {made.keys}: {figures['rows']} rows and {figures['files']} files in"
            f" {figures['parts']} parts, {figures['bytes'] / 1e6:.1f} MB, read again after writing."
        )
        return ""

"""`manage.py backup DIR --keys DIR`: one consistent backup, its keys apart, sealed and read again."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from operations.archive import BadArchive
from operations.backing_up import back_up, drop_old
from operations.probes_inside import backup_age
from operations.programs import NoProgram
from operations.sending import NotSent

AGAIN = 3600  # seconds after which one that failed is tried again


def wait_for_next(every: float, *, at: datetime) -> float:
    """Return the seconds until the next backup is due: starting anew makes none before its time."""
    age = backup_age(at=at)
    return 0 if age is None else max(0.0, every - age)


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
        if not options["every"]:
            if failed := self._once(options["dir"], options["keys"]):
                raise CommandError(failed)
            return
        while True:
            time.sleep(wait_for_next(options["every"] * 3600, at=timezone.now()))
            if failed := self._once(options["dir"], options["keys"]):
                self.stderr.write(failed)
                time.sleep(min(AGAIN, options["every"] * 3600))

    def _once(self, data: Path, keys: Path) -> str:
        """Make one, and return what failed, or ""."""
        now = timezone.now()
        whose = {"data_for": settings.BACKUP_RECIPIENTS, "keys_for": settings.BACKUP_KEY_RECIPIENTS}
        try:
            made = back_up(data, keys, **whose, at=now)
        except NotSent as error:
            return f"The backup lies here alone, for it was not sent on: {error}"
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

"""Wrap every data key, and seal every second factor, again under the newest key-encryption key.

Stop it and start it again at will: what is done stays done. With --retire the older keys are put aside, once
nothing in the database needs them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from foundation.accounts.factors import reseal_secrets, secrets_of_older_keys
from foundation.database.keyfolder import KEK, RETIRED, epochs, key_folder, make_keys
from foundation.vault.keys import newest_epoch, rewrap_some, wrapped_by_epoch


class Command(BaseCommand):
    help = "Re-wrap data keys under the newest kek-<n> of the key folder; --new makes the next one first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new", action="store_true", help="make the next key-encryption key first")
        parser.add_argument("--retire", action="store_true", help="put the older ones aside afterwards")
        parser.add_argument("--batch", type=int, default=1000, help="keys in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = key_folder()
        if folder is None:
            raise CommandError("INTAKE_KEYS is not set.")
        try:
            if options["new"]:
                make_keys(folder, [f"{KEK}{newest_epoch() + 1}"])
            self._rotate(options["batch"])
            if options["retire"]:
                self._retire(folder)
        except OSError as error:
            raise CommandError(
                f"The key folder {folder} cannot be changed here: {error.strerror}."
            ) from error

    def _rotate(self, batch: int) -> None:
        keys = self._all("keys wrapped", rewrap_some, batch)
        secrets = self._all("second factors sealed", reseal_secrets, batch)
        newest = newest_epoch()
        self.stdout.write(
            f"{keys} keys and {secrets} second factors are new under kek-{newest}; none is left."
        )

    def _all(self, what: str, some: Callable[[int], int], batch: int) -> int:
        """Do a batch at a time, each in a transaction of its own, until none is left."""
        done = 0
        while True:
            with transaction.atomic():
                count = some(batch)
            if not count:
                return done
            done += count
            self.stderr.write(f"{done} {what}")

    @transaction.atomic
    def _retire(self, folder: Path) -> None:
        """Rename the older keys, so that nothing reads them; refuse while anything needs them."""
        older = [epoch for epoch in epochs() if epoch < newest_epoch()]
        left = sum(count for epoch, count in wrapped_by_epoch(wait=True).items() if epoch in older)
        if left or secrets_of_older_keys():
            raise CommandError("An older key is still needed: somebody was at work meanwhile. Run it again.")
        for epoch in older:
            (folder / f"{KEK}{epoch}").rename(folder / f"{RETIRED}{KEK}{epoch}")
            self.stdout.write(
                f"kek-{epoch} is retired. Start every process anew, then take {RETIRED}kek-{epoch} to where"
                " the backup's keys are kept: it opens older backups, and nothing here any more."
            )
        if not older:
            self.stdout.write("There is no older key to retire.")

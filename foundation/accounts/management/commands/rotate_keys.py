"""Wrap every data key, and seal every second factor, again under the newest key-encryption key.

Stop it and start it again at will: what is done stays done.
"""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from foundation.accounts.factors import reseal_secrets
from foundation.database.keyfolder import BadKeys, key_folder, make_keys
from foundation.vault.keys import newest_epoch, rewrap_some


class Command(BaseCommand):
    help = "Re-wrap data keys under the newest kek-<n> of the key folder; --new makes the next one first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new", action="store_true", help="make the next key-encryption key first")
        parser.add_argument("--batch", type=int, default=1000, help="keys in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = key_folder()
        if folder is None:
            raise BadKeys("INTAKE_KEYS is not set.")
        if options["new"]:
            make_keys(folder, [f"kek-{newest_epoch() + 1}"])
        keys = self._all("keys wrapped", rewrap_some, options["batch"])
        secrets = self._all("second factors sealed", reseal_secrets, options["batch"])
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

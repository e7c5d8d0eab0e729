"""Wrap every data key again under the newest key-encryption key. Stop it and start it again at will."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

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
        done = 0
        while True:
            with transaction.atomic():
                count = rewrap_some(options["batch"])
            if not count:
                break
            done += count
            self.stderr.write(f"{done} keys wrapped under kek-{newest_epoch()}")
        self.stdout.write(f"{done} keys wrapped again; every key is under kek-{newest_epoch()}.")
        sys.stdout.flush()

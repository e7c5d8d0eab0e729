"""`manage.py restore DATA KEYS`: a backup back into an empty database and folder."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from operations.archive import BadArchive
from operations.deletions import file_of_deletions, lines_of, replay_deletions
from operations.programs import NoProgram
from operations.restoring import NotEmpty, read_backup, restore


class Command(BaseCommand):
    help = (
        "Restore both halves of a backup into the empty database DATABASE_URL names (its administrator) and"
        " the empty MEDIA_ROOT, and delete again what was deleted since. docs/how-to/restore.md goes with it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data", type=Path, help="the folder of the data's half")
        parser.add_argument(
            "keys", type=Path, help="the folder of the keys' half, of the same day or a later one"
        )
        parser.add_argument("--identity", type=Path, required=True, help="the key that opens the data's half")
        parser.add_argument(
            "--keys-identity", type=Path, required=True, help="the one that opens the keys' half"
        )
        parser.add_argument("--deletions", type=Path, help="a newer deletions.txt, kept outside the machine")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            backup = read_backup(
                options["data"],
                options["keys"],
                identity=options["identity"],
                keys_identity=options["keys_identity"],
            )
            done = restore(backup, os.environ["DATABASE_URL"])
        except (BadArchive, NotEmpty, NoProgram) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored: {len(backup.inside['tables'])} tables, {done['files']} files.")
        if done["missing"]:
            self.stdout.write(
                f"{done['missing']} files of the list were not in it: erased while it was made."
            )
        kept = options["deletions"] or file_of_deletions()
        replayed = replay_deletions({*lines_of(kept), *lines_of(file_of_deletions())}, at=timezone.now())
        self.stdout.write(
            f"Deleted again: {replayed.erased} matters; asked again: {replayed.asked}.\n"
            f"Now: manage.py ledger restored --from ANCHORS (the newest kept elsewhere; here:"
            f" {settings.LEDGER_ANCHORS}), then manage.py verify_ledger."
        )

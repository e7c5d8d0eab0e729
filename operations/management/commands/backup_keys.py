"""`manage.py backup_keys FOLDER`: two keys, for whoever keeps the data's backups, and the keys' backups."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from pyrage import x25519


class Command(BaseCommand):
    help = (
        "Make the two keys that open backups, into a new folder that leaves this machine, and print what to"
        " set here. The age program makes and reads such keys too (age-keygen)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a new folder, best on two sticks for two people")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            folder.mkdir(mode=0o700, parents=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be made, or is there already. Name a new folder.") from error
        for name, setting in (("data", "BACKUP_RECIPIENTS"), ("keys", "BACKUP_KEY_RECIPIENTS")):
            identity = x25519.Identity.generate()
            path = folder / f"{name}.key"
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(f"# opens the {name} of backups\n{identity}\n")
            self.stdout.write(f"{setting}={identity.to_public()}")
        self.stdout.write(
            f"Set these two here. {folder}/data.key and {folder}/keys.key go to two people, on paper or a"
            " stick each, and then leave this machine: it needs neither to make a backup."
        )

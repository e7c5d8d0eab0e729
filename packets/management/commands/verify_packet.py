"""`manage.py verify_packet FILE`: whether a packet is still as it was bound; needs no servers.

FILE is a volume, or the manifest that was written beside the volumes.
"""

import hashlib
import json
from argparse import ArgumentParser
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.files import sandbox
from packets.making.checking import NoPacket, Seen, seen
from packets.words import why

MANIFEST = "manifest.json"


class Command(BaseCommand):
    help = (
        "Rebuild the page map of a volume, or of every volume beside a manifest, and say which exhibit"
        " changed since it was bound. Exit status 1 if one did."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Look at every page. Raises CommandError for what is no packet, or was changed."""
        beside = file if file.suffix == ".json" else file.parent / MANIFEST
        manifest = self.manifest(beside) if beside.is_file() or file == beside else {}
        names = {row["file"]: row for row in manifest.get("volumes", []) if "file" in row}
        files = [file.parent / name for name in names] if file == beside else [file]
        changed = [self.changed(path, names.get(path.name), manifest) for path in files]
        if any(changed):
            raise CommandError("The packet was changed.")
        self.stdout.write("Unchanged.")

    def manifest(self, path: Path) -> dict[str, Any]:
        try:
            given = json.loads(path.read_bytes())
            if not isinstance(given["volumes"], list) or not isinstance(given["exhibits"], list):
                raise TypeError
        except (OSError, ValueError, KeyError, TypeError):
            raise CommandError(f"{path} is no manifest of a packet.") from None
        return dict(given)

    def changed(self, path: Path, row: dict[str, Any] | None, manifest: dict[str, Any]) -> bool:
        """Say what is different in a volume, and tell whether anything is."""
        try:
            content = path.read_bytes()
            pages = seen(content)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except NoPacket as error:
            raise CommandError(f"{path}: {why(str(error))}") from None
        except sandbox.CannotWork as error:
            raise CommandError(f"The sandbox did not work: {error}") from None
        bad = self.told(path, pages, {one["key"]: one for one in manifest.get("exhibits", [])})
        if row and hashlib.sha256(content).hexdigest() != row["sha256"]:
            self.stdout.write(f"{path.name}: its bytes are not those that were bound")
            bad = True
        return bad

    def told(self, path: Path, pages: list[Seen], known: dict[str, Any]) -> bool:
        """Write a line for each part, and tell whether one changed."""
        bad = False
        for part, run in groupby(pages, key=lambda page: page.part):
            own = list(run)
            listed = set(known[part]["each"]) if part in known else None
            is_same = all(page.is_same and (listed is None or page.now in listed) for page in own)
            placed = all(page.is_placed for page in own)
            name = f"Tab {known[part]['tab']}" if part in known else part
            said = (
                "unchanged"
                if is_same and placed
                else "changed"
                if not is_same
                else "its numbers were changed"
            )
            self.stdout.write(f"{path.name}: {name}, {own[0].label}-{own[-1].label}: {said}")
            bad = bad or not (is_same and placed)
        return bad

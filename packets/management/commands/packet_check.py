"""`manage.py packet_check DIR`: a throwaway packet of every file in a folder; needs no servers."""

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.files import kinds, sandbox
from packets.making.building import build
from packets.making.checking import NoPacket, seen
from packets.making.numbering import tab_of
from packets.making.parts import Cover, Exhibit, Packet
from packets.making.readying import ExhibitFailed, prepared
from packets.words import why


@dataclass(frozen=True)
class Taken:
    """One file that is an exhibit of the throwaway packet."""

    path: Path
    exhibit: Exhibit


class Command(BaseCommand):
    help = (
        "Build a throwaway packet of every file in a folder: say of each, in one line, whether it is accepted"
        " or why not, and whether every page of it carries its number upright at the bottom in the middle."
        " Exit status 0 when nothing was misplaced and nothing crashed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Try each file alone, then all that are accepted together. Raises CommandError at the end."""
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        if not files:
            raise CommandError(f"{folder} has no file.")
        self.crashed = 0
        taken = [one for path in files if (one := self.tried(path, folder)) is not None]
        wrong = self.bound(taken, folder)
        self.stdout.write(
            f"{len(taken)} of {len(files)} accepted, {wrong} pages misplaced, {self.crashed} crashed."
        )
        if wrong or self.crashed:
            raise CommandError("Not every number stands where it should.")

    def tried(self, path: Path, folder: Path) -> Taken | None:
        """Make one file ready, and say so where it is refused."""
        name = path.relative_to(folder)
        try:
            content = path.read_bytes()
        except OSError as error:
            self.stdout.write(f"{name}: refused (it cannot be read: {error.strerror})")
            return None
        verdict = kinds.judge(path.name, content[: kinds.HEAD], content[-kinds.TAIL :])
        if verdict.reason:
            self.stdout.write(f"{name}: refused ({verdict.reason}: {why(verdict.reason)})")
            return None
        exhibit = Exhibit(str(name), "A", path.name, load=path.read_bytes, kind=verdict.kind)
        try:
            for _key, _ready in prepared([exhibit]):
                pass
        except ExhibitFailed as failed:
            self.stdout.write(f"{name}: refused ({failed.reason}: {why(failed.reason)})")
            return None
        except sandbox.CannotWork as error:
            self.crashed += 1
            self.stdout.write(f"{name}: crashed ({error})")
            return None
        return Taken(path, exhibit)

    def bound(self, taken: list[Taken], folder: Path) -> int:
        """Bind what was accepted, look at every page, and say of each file how its numbers stand."""
        if not taken:
            return 0
        exhibits = tuple(
            Exhibit(one.exhibit.key, tab_of(place), one.exhibit.title, one.exhibit.load, one.exhibit.kind)
            for place, one in enumerate(taken)
        )
        volumes: list[bytes] = []
        try:
            build(
                Packet(Cover(title="PACKET CHECK"), exhibits), lambda _number, volume: volumes.append(volume)
            )
            pages = [page for volume in volumes for page in seen(volume)]
        except (ExhibitFailed, NoPacket, sandbox.CannotWork) as error:
            self.crashed += 1
            self.stdout.write(f"The packet could not be bound: {error}")
            return 0
        for one in taken:
            own = [page for page in pages if page.part == one.exhibit.key]
            bad = [page.label for page in own if not page.is_placed]
            said = (
                f"numbers misplaced on {', '.join(bad)}" if bad else "every number upright at bottom center"
            )
            self.stdout.write(f"{one.path.relative_to(folder)}: accepted, {len(own)} pages, {said}")
        return sum(not page.is_placed for page in pages)

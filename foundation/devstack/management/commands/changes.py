"""`manage.py changes`: move what is new, one file for each change in changes/, into CHANGELOG.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.house import ROOT

HEAD = "## Next\n\n"


class Command(BaseCommand):
    help = "Put every file of changes/ as a line under Next in CHANGELOG.md, and remove the files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--root", type=Path, default=ROOT, help="the checkout (this one)")
        parser.add_argument("--show", action="store_true", help="print the lines and change nothing")

    def handle(self, *, root: Path, show: bool, **options: Any) -> None:
        paths = sorted((root / "changes").glob("*.md"))
        lines = [line for path in paths for line in lines_of(path.read_text())]
        if show:
            self.stdout.write("\n".join(lines))
            return
        log = root / "CHANGELOG.md"
        before, head, after = log.read_text().partition(HEAD)
        if not head:
            raise CommandError(f"{log} has no part called Next.")
        log.write_text(before + head + "".join(f"{line}\n" for line in lines) + after)
        for path in paths:
            path.unlink()
        self.stdout.write(f"{len(paths)} changes moved")


def lines_of(text: str) -> list[str]:
    """Return a change as the lines of a list: each paragraph or item of the file becomes one."""
    items: list[str] = []
    for line in text.splitlines():
        if line.startswith(("- ", "* ")) or not items or (line.strip() and not items[-1]):
            items.append(line.removeprefix("- ").removeprefix("* ").strip())
        elif line.strip():
            items[-1] += f" {line.strip()}"
        else:
            items.append("")
    return [f"- {item}" for item in items if item]

"""`manage.py rebuild_file FILE…`: what becomes of files when they are sent; needs no servers."""

import itertools
import json
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.files import kinds, sandbox
from foundation.files.receiving import MAX_BYTES
from foundation.files.words import note_words, reason_words


@dataclass(frozen=True)
class Line:
    """What became of one file; pages are null for what is no PDF, or cannot be counted."""

    file: str
    taken: bool
    kind: str = ""
    reason: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()
    pages_in: int | None = None
    pages_out: int | None = None


class Command(BaseCommand):
    help = (
        "Rebuild files as if somebody had sent them: say of each whether it is taken or refused and why, what"
        " its copy lacks, and the pages in and out. Exit status 1 if one is refused or cannot be read."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--out", type=Path, help="keep the copies in this folder")
        parser.add_argument("--json", action="store_true", help="a JSON list and nothing else")

    def handle(self, *, files: list[Path], out: Path | None, json: bool, **options: Any) -> None:
        """Rebuild each in turn. Raises CommandError, after all of them, where one is refused."""
        self.kept: set[str] = set()
        lines = [self.line(file, out) for file in files]
        self.stdout.write(as_json(lines) if json else "\n".join(map(as_text, lines)))
        refused = sum(not line.taken for line in lines)
        if refused:
            raise CommandError(f"{refused} of {len(lines)} refused.")

    def line(self, file: Path, out: Path | None) -> Line:
        try:
            content = file.read_bytes()
        except OSError as error:
            return Line(str(file), taken=False, why=f"It cannot be read: {error.strerror}.")
        verdict = judged(file.name, content)
        if verdict.reason:
            return refused(file, verdict.reason)
        try:
            result = sandbox.rebuild(content, kind=verdict.kind)
        except sandbox.CannotWork as error:
            return Line(str(file), taken=False, kind=verdict.kind, why=f"The sandbox did not work: {error}")
        if result.reason:
            return refused(file, result.reason, verdict.kind)
        if out:
            self.keep(out, file, result.content)
        counts = pages(verdict.kind, content), pages(verdict.kind, result.content)
        return Line(str(file), True, verdict.kind, "", "", tuple(result.notes), *counts)

    def keep(self, folder: Path, file: Path, content: bytes) -> None:
        """Keep a copy under its file's name with the ending of what it is; of two names alike, numbered."""
        folder.mkdir(parents=True, exist_ok=True)
        kind = kinds.kind_of(content[: kinds.HEAD])
        ending = f".{kind.endings[0]}" if kind else ""
        stem = file.name[: -len(ending)] if ending and file.name.lower().endswith(ending) else file.name
        names = (f"{stem}{f'-{n}' if n > 1 else ''}{ending}" for n in itertools.count(1))
        name = next(name for name in names if name not in self.kept)
        self.kept.add(name)
        (folder / name).write_bytes(content)


def judged(name: str, content: bytes) -> kinds.Verdict:
    if len(content) > MAX_BYTES:
        return kinds.Verdict(reason="too_big")
    return kinds.judge(name, content[: kinds.HEAD], content[-kinds.TAIL :])


def refused(file: Path, reason: str, kind: str = "") -> Line:
    return Line(str(file), taken=False, kind=kind, reason=reason, why=reason_words(reason))


def pages(kind: str, content: bytes) -> int | None:
    """Return how many pages a PDF has, counted in the sandbox."""
    if kind != "pdf":
        return None
    counted = sandbox.run(f"{sandbox.INSIDE}.counting", content)
    return int(counted.content) if counted.content.isdigit() else None


def as_text(line: Line) -> str:
    counts = f"  pages {line.pages_in} -> {line.pages_out}" if line.pages_out is not None else ""
    first = f"{line.file}: {'taken' if line.taken else 'refused'}{counts}"
    more = [f"  {line.reason}: {line.why}" if line.reason else f"  {line.why}"] if line.why else []
    return "\n".join([first, *more, *(f"  {note}: {note_words(note)}" for note in line.notes)])


def as_json(lines: list[Line]) -> str:
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1)

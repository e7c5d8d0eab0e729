"""`manage.py restore_drill DATA KEYS`: would this backup carry the office? Tried, in an empty place."""

import getpass
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import Office
from foundation.events.ledger import record
from foundation.vault.kit import BadKit
from operations.archive import BadArchive
from operations.drill import DrillFailed, empty_place, keys_for_drill, look_at_copy, read_result, run_inside
from operations.ledger import NotOurs
from operations.models import Kind, Run


class Command(BaseCommand):
    help = (
        "Restore a backup into a database and a folder that are there for it alone, with the keys of the"
        " recovery kit; compare every row, open a value of each kind, sign in, sign and verify the ledger."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data", type=Path, nargs="?")
        parser.add_argument("keys", type=Path, nargs="?")
        parser.add_argument("--identity", type=Path, help="the key that opens the data's half")
        parser.add_argument("--keys-identity", type=Path, help="the one that opens the keys' half")
        parser.add_argument("--kit", type=Path, help="the recovery kit; two codes are asked for")
        parser.add_argument("--look", action="store_true", help="of the drill itself: look at the copy")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["look"]:
            self.stdout.write(json.dumps(self._look()))
            return
        wanted = ("data", "keys", "identity", "keys_identity")
        if not all(options[name] for name in wanted):
            raise CommandError("It takes both halves of a backup, --identity and --keys-identity.")
        codes = self._codes() if options["kit"] else []
        began, now = time.monotonic(), timezone.now()
        try:
            figures = self._drill([options[name].resolve() for name in wanted], options["kit"], codes)
        except (DrillFailed, BadArchive, BadKit, OSError) as error:
            self._note(now, error=type(error).__name__)
            raise CommandError(f"The drill failed. {error}") from error
        figures["seconds"] = round(time.monotonic() - began, 1)
        self._note(now, figures=figures)
        whose = "the recovery kit's keys" if options["kit"] else "this machine's keys (--kit tries the kit's)"
        self.stdout.write(
            f"Restored and whole, with {whose}: {figures['opened']} kinds of sealed values and"
            f" {figures['files']} file opened, signed in, {figures['ledger_rows']} rows of the ledger"
            f" verified, in {figures['seconds']} s."
        )

    def _codes(self) -> list[str]:
        read = getpass.getpass if sys.stdin.isatty() else lambda _words: sys.stdin.readline()
        return [read("One code: "), read("The other code: ")]

    def _drill(self, paths: list[Path], kit: Path | None, codes: list[str]) -> dict[str, Any]:
        data, keys, identity, keys_identity = map(str, paths)
        with empty_place(os.environ["DATABASE_URL"]) as (url, folder):
            keys_for_drill(folder / "keys", kit, codes)
            command = ["restore", data, keys, "--identity", identity, "--keys-identity", keys_identity]
            self.stdout.write(run_inside(url, folder, command).splitlines()[0])
            return read_result(run_inside(url, folder, ["restore_drill", "--look"]))

    def _look(self) -> dict[str, Any]:
        try:
            return look_at_copy()
        except (DrillFailed, NotOurs) as error:
            raise CommandError(str(error)) from error

    @transaction.atomic
    def _note(self, at: Any, *, error: str = "", figures: dict[str, Any] | None = None) -> None:
        Run.objects.create(
            kind=Kind.DRILL, begun_at=at, ended_at=timezone.now(), error=error, figures=figures or {}
        )
        if not error:
            for office in Office.objects.all():
                record("operations.drill_passed", office, by="system:restore-drill", at=at)

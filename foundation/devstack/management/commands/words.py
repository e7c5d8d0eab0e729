"""`manage.py words`: bring the catalogues of translations up to the strings of code and templates."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.devstack.catalogue import catalogues, read_translations, strings, update


class Command(BaseCommand):
    help = "Add new strings to every catalogue and drop those no page says any more; nothing else moves."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fill", type=Path, help="JSON {string: translation} to fill in")
        parser.add_argument("--language", default="", help="the language of --fill, and the only one updated")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fill"] and not options["language"]:
            raise CommandError("Say with --language which language these translations are.")
        try:
            translations = read_translations(options["fill"]) if options["fill"] else {}
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['fill']} cannot be read: {error}") from error
        wanted = strings()
        chosen = [path for path in catalogues() if options["language"] in ("", path.parts[-3])]
        if not chosen:
            raise CommandError(f"There is no catalogue of {options['language']!r} in locale/.")
        for path in chosen:
            try:
                changed = update(path, wanted, translations)
            except ValueError as error:
                raise CommandError(str(error)) from error
            counts = f"{len(changed.added)} added, {len(changed.dropped)} dropped"
            self.stdout.write(f"{path.parts[-3]}: {counts}, {len(changed.filled)} filled in")
            for msgid in changed.empty:
                self.stdout.write(f"  without a translation: {json.dumps(msgid, ensure_ascii=False)}")

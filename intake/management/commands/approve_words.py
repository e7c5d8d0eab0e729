"""`manage.py approve_words`: which promises a lawyer approved, and a record of a new approval."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from intake import promises


class Command(BaseCommand):
    help = (
        "List the promises with who approved them. With --by and --language show the words of that language,"
        " ask, and record that all are approved."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", help="who approves: name and bar number")
        parser.add_argument("--language", help="the language of the words that are approved")
        parser.add_argument("--yes", action="store_true", help="they were read before: do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on_record = promises.approvals()
        except promises.BadRecord as error:
            raise CommandError(str(error)) from error
        languages = [code for code, _name in settings.LANGUAGES]
        if options["by"] is None:
            self._list(on_record, languages)
            return
        if not options["by"].strip() or options["language"] not in languages:
            raise CommandError(f"Give --by a name, and --language one of {', '.join(languages)}.")
        by, language = options["by"].strip(), options["language"]
        for name in promises.PROMISES:
            self.stdout.write(f"{name}\n    {promises.words_in(name, language)}")
        if not options["yes"] and not self._says_yes(by, language):
            raise CommandError("Nothing was approved.")
        count = promises.approve(language, by=by, on=timezone.localdate().isoformat())
        self.stdout.write(f"{count} promises approved in {language}.")

    def _says_yes(self, by: str, language: str) -> bool:
        """Ask whoever sits there; where nobody does, that is no yes."""
        asked = f"{by} has read every word above and approves all of them ({language}). Type yes: "
        try:
            return input(asked).strip().lower() == "yes"
        except EOFError:
            return False

    def _list(self, on_record: list[promises.Approval], languages: list[str]) -> None:
        known = {(approval.name, approval.language, approval.sha256): approval for approval in on_record}
        for name in promises.PROMISES:
            for language in languages:
                words = promises.words_in(name, language)
                approval_of = known.get((name, language, promises.digest(words)))
                state = f"approved by {approval_of.by} on {approval_of.on}" if approval_of else "not approved"
                self.stdout.write(f"{name} ({language}): {state}\n    {words}")

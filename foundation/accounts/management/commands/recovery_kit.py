"""`manage.py recovery_kit FILE`: the keys in a file that two people open together, tried at once."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation.accounts.kits import write_kit
from foundation.accounts.models import Office
from foundation.vault.kit import BadKit, spaced


class Command(BaseCommand):
    help = (
        "Write the key-recovery kit: all keys in one file that any two of its people open. Each person's code"
        " is printed once, to be written on paper; nothing keeps it. The kit is opened at once, in a process"
        " that has nothing else, and must open what the office sealed. docs/keys.md says where it is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file, best on a stick that leaves the building")
        parser.add_argument("--people", type=int, choices=(2, 3, 4, 5), default=3)

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(slug=settings.INTAKE_OFFICE).first()
        if office is None:
            raise CommandError("There is no office yet: manage.py first_run makes it.")
        try:
            codes = write_kit(
                office, options["file"], people=options["people"], by="system:recovery-kit", at=timezone.now()
            )
        except FileExistsError as error:
            raise CommandError(f"{options['file']} is there already. Name a new file.") from error
        except (BadKit, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{options['file']} is written, was opened with each code, and what the office sealed opened."
        )
        self.stdout.write("Any two of these open it. Each person writes down one, and sees no other:\n")
        for number, code in enumerate(codes, start=1):
            self.stdout.write(f"  person {number}   {spaced(code)}")

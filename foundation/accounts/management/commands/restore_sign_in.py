"""Let somebody in who lost every second factor, on a paper form: for an office of two."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation.accounts.models import Proof, User
from foundation.accounts.restoring import HOURS, restore_by_paper
from foundation.refused import Refused


class Command(BaseCommand):
    help = "Print the one code that lets somebody in, once the form of docs/lost-second-step.md is signed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="of the person who lost every second step")
        parser.add_argument("--asked-by", required=True, help="e-mail of the colleague who signed the form")
        parser.add_argument("--form", required=True, help="the number written on the form")
        parser.add_argument("--how", choices=Proof.values, default=Proof.DOCUMENT, help="how they were known")

    def handle(self, *args: Any, **options: Any) -> None:
        person, colleague = self._user(options["email"]), self._user(options["asked_by"])
        said = {"how": options["how"], "paper": options["form"], "by": "system:restore", "at": timezone.now()}
        try:
            code = restore_by_paper(person, asked_by=colleague, **said)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{code}\nIt works once, within {HOURS} hours, after the password. Hand it over in person."
        )

    def _user(self, email: str) -> User:
        user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody here has the e-mail {email}.")
        return user

"""`manage.py first_run`: the office, its first administrator's link, and what is missing."""

import os
import sys
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.actions import invite_first, open_office, token_for
from foundation.accounts.models import Membership, Office, Role
from workspace.ready.queries import ready_items

# What is asked: (option, environment, question); each is asked where neither says it.
ASKED = (
    ("name", "FIRST_RUN_NAME", "The name of the office"),
    ("phone", "FIRST_RUN_PHONE", "The phone that people call"),
    ("time_zone", "FIRST_RUN_TIME_ZONE", "Its time zone, as America/New_York"),
    ("person", "FIRST_RUN_PERSON", "The name of the first administrator"),
    ("email", "FIRST_RUN_EMAIL", "Their e-mail"),
)


class Command(BaseCommand):
    help = (
        "Make the office and invite its first administrator, then say what is still missing. What neither an"
        " option nor the environment (FIRST_RUN_NAME …) says is asked. Run again it makes nothing twice:"
        " while nobody administers the office it gives a new link."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        words = "also write the key-recovery kit into this new file (FIRST_RUN_KIT), as recovery_kit does"
        parser.add_argument("--kit", type=Path, default=os.environ.get("FIRST_RUN_KIT"), help=words)
        for name, variable, question in ASKED:
            flag = f"--{name.replace('_', '-')}"
            parser.add_argument(flag, default=os.environ.get(variable), help=f"{question} ({variable})")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(slug=settings.INTAKE_OFFICE).first()
        if office is None or not self._administrators(office):
            self._begin(office, options)
        else:
            self.stdout.write(f"{office.name} is there already, and has an administrator.")
        office = Office.objects.get(slug=settings.INTAKE_OFFICE)
        if options["kit"]:
            call_command("recovery_kit", str(options["kit"]), stdout=self.stdout)
        self.stdout.write("\nBefore real people may use it:")
        for item in ready_items(office, on=office.today(timezone.now())):
            mark = "done   " if item.is_done else "MISSING" if item.must else "to do  "
            self.stdout.write(f"  {mark}  {item.words}" + ("" if item.is_done else f": {item.how}"))

    def _administrators(self, office: Office) -> bool:
        active = Membership.objects.filter(office=office, user__is_active=True)
        return active.filter(roles__contains=[Role.ADMINISTRATOR]).exists()

    def _begin(self, office: Office | None, options: dict[str, Any]) -> None:
        told = self._told(options, known=office)
        with transaction.atomic():
            office = office or open_office(
                slug=settings.INTAKE_OFFICE,
                name=told["name"],
                phone=told["phone"],
                time_zone=told["time_zone"],
            )
            invitation = invite_first(office, email=told["email"], name=told["person"], at=timezone.now())
        link = settings.SITE_URL + reverse("follow-invitation", args=[token_for(invitation.pk)])
        self.stdout.write(
            f"{office.name} is there. {told['person']} comes in by this link, once, within"
            f" {settings.INVITATION_HOURS} hours. Whoever has it has the office: give it to nobody else."
            f"\n\n  {link}"
        )

    def _told(self, options: dict[str, Any], *, known: Office | None) -> dict[str, str]:
        """Return what was said, asked where it was not; CommandError for what cannot be."""
        asked = [one for one in ASKED if known is None or one[0] in ("person", "email")]
        told = {
            name: (options[name] or self._ask(question, variable)).strip()
            for name, variable, question in asked
        }
        empty = [question for name, _variable, question in asked if not told[name] and name != "phone"]
        if empty:
            raise CommandError(f"Say: {', '.join(empty)}.")
        try:
            validate_email(told["email"])
        except ValidationError as error:
            raise CommandError(f"{told['email']} is no e-mail address.") from error
        if "time_zone" in told and told["time_zone"] not in available_timezones():
            raise CommandError(f"{told['time_zone']} is no time zone. One is America/New_York.")
        return told

    def _ask(self, question: str, variable: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"{question}: give it as an option or as {variable}.")
        return input(f"{question}: ")

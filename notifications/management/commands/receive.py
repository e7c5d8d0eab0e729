"""`manage.py receive FILE…`: take in mails (.eml) and texts (.json) from files, as the door would."""

import email
import hashlib
import json
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import Office
from foundation.database.principal import acting_as, system
from notifications.arrivals import take_in
from notifications.gateway import LONGEST, Came


class Command(BaseCommand):
    """A mail server hands its mails to this command; in development a file stands for one.

    A file that cannot be read is named, and the others are taken. Exit 1 where one could not.
    """

    help = "Take in mails (.eml) and texts (.json) from files. Exit 1 where one could not be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for path in options["files"]:
            try:
                came = read_text(path) if path.suffix == ".json" else read_mail(path.read_bytes())
            except (OSError, ValueError, KeyError, TypeError, LookupError):
                failed.append(path.name)
                continue
            with acting_as(system("receive")), transaction.atomic():
                office = Office.objects.get(slug=settings.INTAKE_OFFICE)
                take_in([came], office=office, at=timezone.now())
        if failed:
            raise CommandError(f"Could not be read: {', '.join(failed)}")
        self.stdout.write(f"{len(options['files'])} taken in.")


def read_text(path: Path) -> Came:
    """Read a text as the file twin keeps one; ValueError and its kin for anything else."""
    said = json.loads(path.read_text())
    return Came(str(said["id"]), "text", sender=str(said["from"]), words=str(said["text"])[:LONGEST])


def read_mail(raw: bytes) -> Came:
    """Read the words of a mail; pictures and files of it are left out, and that is said."""
    mail = email.message_from_bytes(raw, policy=default)
    if not isinstance(mail, EmailMessage) or not mail["From"]:
        raise ValueError("no mail")
    body = mail.get_body(preferencelist=("plain", "html"))
    words = str(body.get_content()) if body else ""
    _name, sender = parseaddr(str(mail["From"]))
    has_files = any(True for _part in mail.iter_attachments())
    key = str(mail["Message-ID"] or hashlib.sha256(raw).hexdigest())
    return Came(key, "email", sender=sender, words=own_words(words)[:LONGEST], left_out=has_files)


def own_words(text: str) -> str:
    """Return a mail's words without what it quotes of ours below them."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith(">")).strip()

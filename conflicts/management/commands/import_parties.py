"""manage.py import_parties FILE.csv: load test parties into a throwaway office."""

import csv
import uuid
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from conflicts.actions import line_of
from conflicts.models import Party
from foundation.accounts.actions import open_office
from foundation.accounts.models import Office
from foundation.vault.envelope import seal
from foundation.vault.fields import sealed_fields
from foundation.vault.keys import newest_epoch, opening_keys, wrap

BATCH = 5_000


class Command(BaseCommand):
    help = (
        "Load a CSV file (full_name, date_of_birth, nationality) as parties of a throwaway office, each in a"
        " file of its own with a key of its own, and print how many. Never in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", default="throwaway", help="the office's short name, made if need be")

    def handle(self, *, file: Path, office: str, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Test parties are not for production.")
        place = throwaway(office)
        loaded = skipped = 0
        people = people_in(file)
        while batch := list(islice(people, BATCH)):
            with opening_keys(), transaction.atomic():
                written = write(batch, place)
            loaded, skipped = loaded + written, skipped + len(batch) - written
        self.stdout.write(f"{loaded} parties in the office {office!r}, {skipped} names could not be used")


def throwaway(slug: str) -> Office:
    """Return the office test parties go to; never one that works."""
    with transaction.atomic():
        office = Office.objects.filter(slug=slug).first()
        if office and office.memberships.exists():
            raise CommandError(f"{slug} is an office with people in it: choose another name.")
        return office or open_office(slug=slug, name="Throwaway: test parties")


def people_in(file: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file, or raise CommandError if it is not there or has no names."""
    try:
        with file.open(newline="", encoding="utf-8-sig", errors="replace") as lines:
            rows = csv.DictReader(lines)
            if "full_name" not in (rows.fieldnames or ()):
                raise CommandError(f"{file} needs the column full_name.")
            for row in rows:
                yield {
                    "role": "applicant",
                    "name": row["full_name"] or "",
                    "birth_date": row.get("date_of_birth") or "",
                    "country": row.get("nationality") or "",
                }
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def write(people: list[dict[str, str]], office: Office) -> int:
    """Write parties, each with a file and a key of its own, and return how many could be used.

    Two statements for the batch: a register of a million is loaded this way.
    """
    usable = [(details, line) for details in people if (line := line_of(details))]
    sealed = [_sealed(details, line) for details, line in usable]
    if not sealed:
        return 0
    ids, files, details, lines, wrapped = map(list, zip(*sealed, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO keys.case_key_wrap (file_id, office_id, recipient_kind, recipient_id, wrapped)"
            " SELECT f, %s, 'kek', %s, w FROM unnest(%s::uuid[], %s::bytea[]) AS made(f, w)",
            [office.pk, str(newest_epoch()), files, wrapped],
        )
        cursor.execute(
            "INSERT INTO conflicts_party"
            " (id, office_id, file_id, details, line, by_applicant, live, revision, added_at)"
            " SELECT i, %s, f, d, l, false, true, 1, %s"
            " FROM unnest(%s::uuid[], %s::uuid[], %s::bytea[], %s::bytea[]) AS made(i, f, d, l)",
            [office.pk, timezone.now(), ids, files, details, lines],
        )
    return len(sealed)


def _sealed(details: dict[str, str], line: str) -> tuple[uuid.UUID, uuid.UUID, bytes, bytes, bytes]:
    """Return a party's id and file, its two sealed columns, and the file's wrapped key."""
    party, raw = Party(matter_id=uuid.uuid4()), AESGCM.generate_key(256)
    key, fields = AESGCM(raw), sealed_fields(Party)
    columns = [
        seal(field.encode(value), key=key, place=field.place(party))
        for field, value in ((fields["details"], details), (fields["line"], line))
    ]
    return party.pk, party.matter_id, *columns, wrap(raw, matter_id=party.matter_id).blob  # type: ignore[return-value]

"""What happens to a file somebody sends: received, then rebuilt or refused (work.py), read by staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from foundation.accounts.matters import Matter
from foundation.events.ledger import record
from foundation.files import kinds
from foundation.files.actions import store_file
from foundation.files.models import Status, StoredFile, Upload
from foundation.files.receiving import ReceivedFile
from foundation.files.words import help_words, note_words, reason_words
from foundation.limits import allows
from foundation.vault.opening import open_many
from foundation.work.nudging import wake

UPLOADS = "uploads"  # the line of what is to be rebuilt
MAX_FILES, MAX_TOGETHER = 60, 200 * 1024 * 1024
EVERY = Q()


@dataclass(frozen=True)
class Outcome:
    """What became of one file of a request: an upload, or the code and the words of why not."""

    label: str
    upload: Upload | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        return reason_words(self.reason) if self.reason else ""


# --- receiving ------------------------------------------------------------------------------------


@transaction.atomic
def receive_files(
    files: Iterable[ReceivedFile], *, matter: Matter, by: Any, at: datetime, on: date
) -> list[Outcome]:
    """Keep the files of a request in quarantine as part of a person's matter, and say what became of each."""
    sent = list(files)
    if not allows("upload", matter.id):
        return [Outcome(kinds.label_of(received.label), reason="too_often") for received in sent]
    count, size = _stored(matter.id)
    outcomes = []
    for received in sent:
        label = kinds.label_of(received.label)
        reason = received.reason
        if not reason and (count >= MAX_FILES or size + (received.size or 0) > MAX_TOGETHER):
            reason = "file_full"
        if reason:
            outcomes.append(Outcome(label, reason=reason))
            continue
        outcomes.append(Outcome(label, _receive(received, label, matter=matter, by=by, at=at, on=on)))
        count, size = count + 1, size + (received.size or 0)
    return outcomes


def _stored(matter_id: UUID) -> tuple[int, int]:
    """Return how many files somebody has with us and their bytes; two requests at once count in turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"uploads {matter_id}"])
    uploads = Upload.objects.filter(matter_id=matter_id)
    originals = StoredFile.objects.filter(matter_id=matter_id, quarantined=True)
    sizes = [opened.size for opened in open_many(originals, "size", purpose="upload limits").values()]
    return uploads.exclude(status=Status.REFUSED).count(), sum(sizes)


def _receive(
    received: ReceivedFile, label: str, *, matter: Matter, by: Any, at: datetime, on: date
) -> Upload:
    sent_as = kinds.kind(received.kind).content_type
    original = store_file(
        received.chunks(), matter=matter, name=label, content_type=sent_as, on=on, quarantined=True
    )
    upload = Upload.objects.create(**matter.columns, original=original, received_on=on, next_try_at=at)
    record("files.received", upload, by=by, at=at)
    wake(UPLOADS)
    return upload


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A file of a person's matter as a list shows it: its label, and why it was not taken if it was not."""

    upload: Upload
    label: str

    @property
    def words(self) -> str:
        return reason_words(self.upload.reason) if self.upload.reason else ""

    @property
    def notes(self) -> list[str]:
        """Return what the copy lacks or how it came about, for staff."""
        return [words for note in self.upload.notes.split() if (words := note_words(note))]

    @property
    def told(self) -> list[str]:
        """Return what whoever sent it is told: why it was not taken, or what of it they may send again."""
        helps = [words for note in self.upload.notes.split() if (words := help_words(note))]
        return [self.words] if self.words else helps


def told_of(matter_id: UUID, *, named: bool = False, purpose: str = "own form") -> list[str]:
    """Return what a person is told of the files they sent before, each thing once.

    Named, each says of which file; where the page shows nothing that was told (ADR 18), it does not.
    """
    about = Q(status=Status.REFUSED) | ~Q(notes="")
    if named:
        sent = uploads_of(matter_id, purpose=purpose, only=about)
        told = [_about(one.label) + words for one in sent for words in one.told]
    else:
        rows = Upload.objects.filter(about, matter_id=matter_id).order_by("-received_on", "pk")
        told = [words for row in rows for words in Sent(row, "").told]
    return list(dict.fromkeys(told))


def _about(label: str) -> str:
    """Return a label as the beginning of a sentence; marked off, for it may read in another direction."""
    return f"\u2068{label}\u2069: " if label else ""


def uploads_of(matter_id: UUID, *, purpose: str, only: Q = EVERY) -> list[Sent]:
    """Open the labels of what was sent to a person's matter, newest first."""
    rows = list(
        Upload.objects.filter(only, matter_id=matter_id)
        .select_related("original", "rebuilt")
        .order_by("-received_on", "pk")
    )
    files = {row.pk: row.rebuilt or row.original for row in rows}
    opened = open_many([file for file in files.values() if file], "name", purpose=purpose)
    names = {pk: opened[file.pk].name if file else "" for pk, file in files.items()}
    return [Sent(row, names[row.pk]) for row in rows]

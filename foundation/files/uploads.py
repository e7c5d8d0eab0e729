"""What happens to a file somebody sends: received, then rebuilt or refused (work.py), read by staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q

from foundation.accounts.matters import Matter
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.files import kinds
from foundation.files.actions import path_of, remove_file, store_file
from foundation.files.models import Status, Upload
from foundation.files.receiving import ReceivedFile
from foundation.files.stream import is_full
from foundation.files.words import BEING_CHECKED, FINE, LOOKS_LOCKED, help_words, note_words, reason_words
from foundation.limits import allows
from foundation.vault.opening import open_many
from foundation.work.models import DONE
from foundation.work.nudging import wake

UPLOADS = "uploads"  # the line of what is to be rebuilt
MAX_FILES, MAX_TOGETHER = 60, 200 * 1024 * 1024
EVERY = Q()


@dataclass(frozen=True)
class Outcome:
    """What became of one file of a request: an upload, or the code and the words of why not.

    `is_locked`: it was taken, and looks as if it needs a password.
    """

    label: str
    upload: Upload | None = None
    reason: str = ""
    is_locked: bool = False

    @property
    def words(self) -> str:
        """Return why it was not taken, or what can be seen of it at once."""
        if self.reason:
            return reason_words(self.reason)
        return str(LOOKS_LOCKED) if self.is_locked else ""


# --- receiving ------------------------------------------------------------------------------------


@transaction.atomic
def receive_files(
    files: Iterable[ReceivedFile],
    *,
    matter: Matter,
    by: Any,
    at: datetime,
    on: date,
    sent_by: User | None = None,
) -> list[Outcome]:
    """Keep the files of a request in quarantine as part of a person's matter, and say what became of each.

    `sent_by` is set where staff or an attorney add a file of their own: its person does not see it, and
    neither takes room from the other.
    """
    sent = list(files)
    if not allows("upload", f"staff {matter.id}" if sent_by else matter.id):
        return [Outcome(kinds.label_of(received.label), reason="too_often") for received in sent]
    count, size, number = _stored(matter.id, of_staff=sent_by is not None)
    outcomes = []
    for received in sent:
        label = kinds.label_of(received.label)
        reason = received.reason
        if not reason and (count >= MAX_FILES or size + (received.size or 0) > MAX_TOGETHER):
            reason = "file_full"
        if not reason:
            how = {"matter": matter, "number": number + 1, "by": by, "at": at, "on": on, "sent_by": sent_by}
            upload = _received(received, label, **how)
            reason = "" if upload else "no_room"
        if reason:
            outcomes.append(Outcome(label, reason=reason))
            continue
        number += 1
        outcomes.append(Outcome(label, upload, is_locked=received.is_locked))
        count, size = count + 1, size + (received.size or 0)
    return outcomes


def hold_files(matter_id: UUID) -> None:
    """Let nobody else add a file to a matter, or describe one of it, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"uploads {matter_id}"])


def _stored(matter_id: UUID, *, of_staff: bool) -> tuple[int, int, int]:
    """Return how many files one side has in a matter, their bytes and the last number; each request in turn.

    The bytes are those on the disk: an attorney may not read what lies in quarantine, not even its size.
    """
    hold_files(matter_id)
    uploads = Upload.objects.filter(matter_id=matter_id, sent_by__isnull=not of_staff)
    originals = uploads.exclude(original=None).values_list("original_id", flat=True)
    kept = uploads.filter(taken_back_on=None).exclude(status=Status.REFUSED).count()
    size = sum(_on_disk(path_of(pk)) for pk in originals)
    return kept, size, uploads.aggregate(last=Max("number"))["last"] or 0


def _on_disk(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _received(received: ReceivedFile, label: str, **how: Any) -> Upload | None:
    """Keep one file; None where the disk has no room for it, and then nothing of it is left."""
    try:
        with transaction.atomic():
            return _receive(received, label, **how)
    except OSError as error:
        if not is_full(error):
            raise
        return None


def _receive(
    received: ReceivedFile,
    label: str,
    *,
    matter: Matter,
    number: int,
    by: Any,
    at: datetime,
    on: date,
    sent_by: User | None,
) -> Upload:
    sent_as = kinds.kind(received.kind).content_type
    original = store_file(
        received.chunks(),
        matter=matter,
        name=label,
        content_type=sent_as,
        on=on,
        quarantined=True,
        of_staff=sent_by is not None,
    )
    placed = {"original": original, "number": number, "received_on": on, "next_try_at": at}
    upload = Upload.objects.create(**matter.columns, **placed, sent_by=sent_by)
    record("files.received", upload, by=by, at=at)
    wake(UPLOADS)
    return upload


# --- taking back ----------------------------------------------------------------------------------


@transaction.atomic
def take_back(matter_id: UUID, *, number: int, on: date, by_receipt: bool, by: Any, at: datetime) -> bool:
    """Take a file back, once; False where there is none of that number.

    The file itself stays for staff, unless an app above finds that it may go: somebody who forces a receipt
    out of a person must not be able to take away what they sent.
    """
    theirs = Upload.objects.filter(matter_id=matter_id, sent_by=None)
    upload = theirs.filter(number=number, taken_back_on=None).first()
    if upload is None or not Upload.objects.filter(pk=upload.pk, taken_back_on=None).update(taken_back_on=on):
        return False
    record("files.taken_back", upload, by=by, at=at, data={"by_receipt": by_receipt})
    return True


@transaction.atomic
def erase_upload(upload: Upload, *, by: Any) -> None:
    """Remove what was sent and what was made of it; that there was a file stays on record."""
    if upload.status == Status.RECEIVED:
        reason = "taken_back"
        data, event = {"reason": reason}, "files.refused"
        Upload.LIFE.move(upload, Status.REFUSED, by=by, event=event, data=data, reason=reason, **DONE)
    for stored in filter(None, (upload.original, upload.rebuilt)):
        remove_file(stored)


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


@dataclass(frozen=True)
class Paper:
    """A file as whoever sent it sees it: by name where the form is open, else by number, kind and day alone.

    `state` is ok, wait, no or back (taken back); `more` is what to send again.
    """

    number: int
    label: str
    kind: str
    on: date
    state: str
    words: str
    more: list[str]

    @property
    def is_back(self) -> bool:
        return self.state == "back"

    @property
    def icon(self) -> str:
        """Return the sign beside what became of it."""
        return {"ok": "check", "wait": "clock"}.get(self.state, "alert")


def sent_papers(matter_id: UUID, *, named: bool, purpose: str = "own form") -> list[Paper]:
    """Return what the person of a matter sent and what became of each, oldest first.

    Named, each by the person's own name for it; where the page shows nothing that was told (ADR 18), no name
    is even opened.
    """
    theirs = Upload.objects.filter(matter_id=matter_id, sent_by=None)
    rows = list(theirs.select_related("original", "rebuilt").order_by("number"))
    files = {row.pk: row.original or row.rebuilt for row in rows}
    field = ("name", "content_type") if named else ("content_type",)
    opened = open_many([file for file in files.values() if file], *field, purpose=purpose)
    known = {pk: opened[file.pk] for pk, file in files.items() if file}
    return [_paper(row, known.get(row.pk)) for row in rows]


def _paper(upload: Upload, known: Any) -> Paper:
    state, words = _state(upload)
    return Paper(
        upload.number,
        getattr(known, "name", ""),
        kinds.of_type(known.content_type).name if known else "",
        upload.received_on,
        state,
        words,
        Sent(upload, "").told if state == "ok" else [],
    )


def _state(upload: Upload) -> tuple[str, str]:
    if upload.taken_back_on:
        return "back", str(reason_words("taken_back"))
    if upload.status == Status.REFUSED:
        return "no", reason_words(upload.reason)
    return ("ok", str(FINE)) if upload.status == Status.REBUILT else ("wait", str(BEING_CHECKED))


def uploads_of(matter_id: UUID, *, purpose: str, only: Q = EVERY) -> list[Sent]:
    """Open the labels of what was sent to a person's matter, by whomever, newest first."""
    rows = list(
        Upload.objects.filter(only, matter_id=matter_id)
        .select_related("original", "rebuilt", "sent_by")
        .order_by("-received_on", "pk")
    )
    files = {row.pk: row.rebuilt or row.original for row in rows}
    opened = open_many([file for file in files.values() if file], "name", purpose=purpose)
    names = {pk: opened[file.pk].name if file else "" for pk, file in files.items()}
    return [Sent(row, names[row.pk]) for row in rows]

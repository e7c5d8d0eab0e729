"""What happens to a file somebody sends: received, rebuilt in the sandbox or refused, opened by staff."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.events.ledger import nudge, record
from foundation.files import kinds, sandbox
from foundation.files.actions import open_file, store_file
from foundation.files.kinds import CONTENT_TYPES, HEIC, JPEG
from foundation.files.models import Status, StoredFile, Upload
from foundation.files.receiving import ReceivedFile
from foundation.files.words import reason_words
from foundation.limits import allows
from foundation.vault.opening import open_many, open_record

log = logging.getLogger(__name__)
TASK = "foundation.files.tasks.rebuild_due"
MAX_FILES, MAX_TOGETHER = 60, 200 * 1024 * 1024
MAX_ATTEMPTS = 5
LEASE = timedelta(seconds=150)  # longer than the sandbox lives
ENDINGS = {CONTENT_TYPES[kind]: kind for kind in CONTENT_TYPES}


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
    files: Iterable[ReceivedFile], *, file: dict[str, Any], by: Any, at: datetime, on: date
) -> list[Outcome]:
    """Keep the files of a request in quarantine as part of a person's file, and say what became of each."""
    sent = list(files)
    if not allows("upload", file["file_id"]):
        return [Outcome(kinds.label_of(one.label), reason="too_often") for one in sent]
    count, size = _held(file["file_id"])
    outcomes = []
    for one in sent:
        label = kinds.label_of(one.label)
        reason = one.reason
        if not reason and (count >= MAX_FILES or size + (one.size or 0) > MAX_TOGETHER):
            reason = "file_full"
        if reason:
            outcomes.append(Outcome(label, reason=reason))
            continue
        outcomes.append(Outcome(label, _receive(one, label, file=file, by=by, at=at, on=on)))
        count, size = count + 1, size + (one.size or 0)
    return outcomes


def _held(file_id: UUID) -> tuple[int, int]:
    """Return how many files somebody has with us and their bytes; two requests at once count in turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"uploads {file_id}"])
    uploads = Upload.objects.filter(file_id=file_id)
    originals = StoredFile.objects.filter(file_id=file_id, quarantined=True)
    sizes = [opened.size for opened in open_many(originals, "size", purpose="upload limits").values()]
    return uploads.exclude(status=Status.REFUSED).count(), sum(sizes)


def _receive(
    one: ReceivedFile, label: str, *, file: dict[str, Any], by: Any, at: datetime, on: date
) -> Upload:
    original = store_file(
        one.chunks(), file=file, name=label, content_type=CONTENT_TYPES[one.kind], on=on, quarantined=True
    )
    upload = Upload.objects.create(**file, original=original, received_on=on, next_try_at=at)
    record("files.received", upload, by=by, at=at)
    return upload


# --- rebuilding -----------------------------------------------------------------------------------


def rebuild_due(*, seconds: float = 60, limit: int = 100) -> bool:
    """Rebuild what is due, one after the other; True where the time was over before the line was.

    Claimed in one short transaction, read in another, worked on in none, noted in a third: a worker that
    dies anywhere leaves an upload that is due again when its lease runs out.
    """
    until = time.monotonic() + seconds
    for _n in range(limit):
        if time.monotonic() > until:
            return True
        upload = _claim(at=timezone.now())
        if upload is None:
            return False
        _rebuild(upload)
    return True


@transaction.atomic
def _claim(*, at: datetime) -> Upload | None:
    due = Upload.objects.select_for_update(skip_locked=True).filter(
        status=Status.RECEIVED, stuck_at=None, next_try_at__lte=at
    )
    upload = due.order_by("attempts", "next_try_at").first()  # what failed before waits behind what is new
    if upload:
        upload.attempts += 1
        upload.next_try_at = at + min(LEASE * 2 ** (upload.attempts - 1), timedelta(hours=1))
        upload.save(update_fields=["attempts", "next_try_at"])
    return upload


def _rebuild(upload: Upload) -> None:
    try:
        content, name, kind = _read_original(upload)
        result = sandbox.rebuild(content, kind=kind)
        _finish(upload, result, name=name, kind=kind)
    except Exception as error:  # noqa: BLE001  whatever it was, the line must go on
        _failed(upload, error)


@transaction.atomic
def _read_original(upload: Upload) -> tuple[bytes, str, str]:
    original = upload.original
    if original is None:
        raise FileNotFoundError
    known = open_record(original, "name", "content_type", purpose="rebuild")
    return b"".join(open_file(original, purpose="rebuild")), known.name, ENDINGS[known.content_type]


@transaction.atomic
def _finish(upload: Upload, result: sandbox.Result, *, name: str, kind: str) -> None:
    """Keep the rebuilt file, or the reason; nothing if another worker has it by now."""
    mine = Upload.objects.filter(pk=upload.pk, status=Status.RECEIVED, attempts=upload.attempts)
    held = mine.select_for_update().first()
    if held is None:
        return
    upload = held
    done: dict[str, Any] = {"next_try_at": None, "stuck_at": None, "error": ""}
    if result.reason:
        data = {"reason": result.reason}
        Upload.LIFE.move(
            upload,
            Status.REFUSED,
            by="system:files",
            event="files.refused",
            data=data,
            reason=result.reason,
            **done,
        )
        return
    kind = JPEG if kind == HEIC else kind
    rebuilt = store_file(
        [result.content],
        file=upload.file,
        name=name,
        content_type=CONTENT_TYPES[kind],
        on=upload.received_on,
    )
    Upload.LIFE.move(
        upload,
        Status.REBUILT,
        by="system:files",
        event="files.rebuilt",
        rebuilt=rebuilt,
        notes=" ".join(result.notes),
        **done,
    )


@transaction.atomic
def _failed(upload: Upload, error: Exception) -> None:
    """Note the kind of failure, never its text, and give up after five: an administrator sees it then."""
    kind = type(error).__name__
    log.error("rebuild failed upload=%s attempt=%s error=%s", upload.pk, upload.attempts, kind)
    stuck = timezone.now() if upload.attempts >= MAX_ATTEMPTS else None
    mine = Upload.objects.filter(pk=upload.pk, status=Status.RECEIVED, attempts=upload.attempts)
    mine.update(error=kind, stuck_at=stuck)


def stuck_uploads(office_id: int) -> QuerySet[Upload]:
    """Return an office's uploads that could not be worked on, though nothing is known against them."""
    return Upload.objects.filter(office_id=office_id, stuck_at__isnull=False).order_by("stuck_at")


@transaction.atomic
def retry_upload(upload: Upload, *, by: Any, at: datetime) -> None:
    """Put a stuck upload back in line."""
    stuck = Upload.objects.filter(pk=upload.pk, stuck_at__isnull=False)
    if stuck.update(stuck_at=None, attempts=0, next_try_at=at):
        record("files.retried", upload, by=by, at=at)
        nudge(TASK)


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A file of a person's file as a list shows it: its label, and why it was not taken if it was not."""

    upload: Upload
    label: str

    @property
    def words(self) -> str:
        return reason_words(self.upload.reason) if self.upload.reason else ""


def refusals_of(file_id: UUID) -> list[str]:
    """Return why files of a person were not taken after they had been received, without saying which."""
    reasons = Upload.objects.filter(file_id=file_id, status=Status.REFUSED).values_list("reason", flat=True)
    return sorted({str(reason_words(reason)) for reason in reasons})


def uploads_of(file_id: UUID, *, purpose: str) -> list[Sent]:
    """Open the labels of what was sent to a person's file, newest first."""
    rows = list(
        Upload.objects.filter(file_id=file_id)
        .select_related("original", "rebuilt")
        .order_by("-received_on", "pk")
    )
    files = {row.pk: row.rebuilt or row.original for row in rows}
    opened = open_many([file for file in files.values() if file], "name", purpose=purpose)
    names = {pk: opened[file.pk].name if file else "" for pk, file in files.items()}
    return [Sent(row, names[row.pk]) for row in rows]

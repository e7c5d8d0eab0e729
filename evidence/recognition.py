"""Read pages that are pictures, with tesseract where it is installed: a new snapshot beside the old one.

The pages are painted in the sandbox and tesseract runs in one of its own: this process never looks inside
the file.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evidence import originals, rules
from evidence.access import documents_visible_to
from evidence.actions.library import keep_snapshot
from evidence.clients.tesseract import can_recognize, recognize
from evidence.models import Capture, Document
from evidence.reader import Unreadable, picture_of_page, read
from evidence.reading.result import NO_TEXT, Reading, filled
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class NothingToRecognize(Refused):
    message = _("This source has no pages that text recognition could read here.")


@transaction.atomic
def ask_recognition(document: Document, *, by: User, at: datetime) -> None:
    """Put a source's pages without text in line for the worker."""
    if not documents_visible_to(by).filter(pk=document.pk).exists():
        raise Forbidden
    if not (document.empty_pages and can_recognize()):
        raise NothingToRecognize
    document.recognition_asked_at = at
    document.save(update_fields=["recognition_asked_at"])
    record("evidence.recognition_asked", document, by=by, at=at)


def recognize_waiting(*, at: datetime) -> int:
    """Read what waits and return how many sources were read, outside transactions as it takes long."""
    done = 0
    while found := _claim():
        _recognize(found, at)
        done += 1
    return done


@transaction.atomic
def _claim() -> Document | None:
    """Take the next source out of the line; a worker that dies over it leaves it to be asked for again."""
    waiting = Document.objects.filter(recognition_asked_at__isnull=False).order_by("recognition_asked_at")
    document = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if document:
        document.recognition_asked_at = None
        document.save(update_fields=["recognition_asked_at"])
    return document


def _recognize(document: Document, at: datetime) -> None:
    with transaction.atomic():
        before = document.snapshots.latest("captured_at")
    reading = _with_pictures(originals.path_of(before.original_sha256).read_bytes())
    parsed = rules.parse_statement(reading.text)
    origin: dict[str, Any] = {
        "pages": reading.pages if parsed.text == reading.text else [],
        "original_type": before.original_type,
        "original_sha256": before.original_sha256,
    }
    with transaction.atomic():
        kept = keep_snapshot(
            document, parsed, rules.passages(parsed), capture=Capture.RECOGNIZED, at=at, **origin
        )
        document.warnings = [*document.warnings[: document.warnings.index(NO_TEXT)], *reading.warnings]
        document.spans = {}  # they pointed into the older text
        document.save(update_fields=["warnings", "spans"])
        data = {"passages": kept.passages.count()}
        record("evidence.recognized", document, by="system:recognition", at=at, data=data)


def _with_pictures(raw: bytes) -> Reading:
    """Return what a PDF says, with what is recognized on its pages without text."""
    reading = read(raw)
    return filled(reading, {number: _recognized(raw, number) for number in reading.empty_pages})


def _recognized(raw: bytes, number: int) -> str:
    try:
        return recognize(picture_of_page(raw, number))
    except Unreadable:  # this page alone: it stays named among those without text
        return ""

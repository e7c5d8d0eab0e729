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
from evidence.clients.tesseract import can_recognize
from evidence.models import Capture, Document, Recognition
from evidence.pictures import recognized as recognized_on
from evidence.pictures import without_text
from evidence.reader import Unreadable, read
from evidence.reading.result import GUESSED, NO_MEANING, NO_TEXT, Reading, filled
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.work.models import in_line
from foundation.work.nudging import wake

RECOGNITION = "recognition"  # the line of pages to be read


class NothingToRecognize(Refused):
    message = _("This source has no pages that text recognition could read here.")


@transaction.atomic
def add_recognition(document: Document, *, by: User, at: datetime) -> None:
    """Put a source's pages without text in line for the worker, once.

    Raises Forbidden, and NothingToRecognize where no page lacks its text or tesseract is not installed.
    """
    if not documents_visible_to(by).filter(pk=document.pk).exists():
        raise Forbidden
    if not (document.empty_pages and can_recognize()):
        raise NothingToRecognize
    asked = {"asked_by": by, "asked_at": at, **in_line(at)}
    _row, is_new = Recognition.objects.get_or_create(
        document=document, next_try_at__isnull=False, defaults={"office": document.office, **asked}
    )
    if is_new:
        record("evidence.recognition_asked", document, by=by, at=at)
        wake(RECOGNITION)


def asked_of(document: Document) -> Recognition | None:
    """Return what a source's pages wait to be read by, or are stuck in; None where nobody asked."""
    return document.recognitions.filter(next_try_at__isnull=False).first()


def recognized(asked: Recognition) -> Reading:
    """Read a source again with what is recognized on its pages, in no transaction: it takes long.

    Raises Unreadable where the pages cannot be read.
    """
    with transaction.atomic():
        newest = asked.document.snapshots.latest("captured_at")
    return _with_pictures(asked, originals.path_of(newest.original_sha256).read_bytes())


def keep(asked: Recognition, reading: Reading, *, at: datetime) -> None:
    """Keep what was recognized as a new snapshot; nothing where the source has no such pages any more."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=asked.document_id)
    if not document.empty_pages:
        return
    before = document.snapshots.latest("captured_at")
    parsed = rules.parse_statement(reading.text)
    origin: dict[str, Any] = {
        "pages": reading.pages if parsed.text == reading.text else [],
        "left_out": reading.left_out,
        "original_type": before.original_type,
        "original_sha256": before.original_sha256,
    }
    kept = keep_snapshot(
        document, parsed, rules.passages(parsed), capture=Capture.RECOGNIZED, at=at, **origin
    )
    of_the_text = document.warnings[: document.warnings.index(NO_TEXT)]
    of_the_text = [code for code in of_the_text if code.partition(":")[0] not in (GUESSED, NO_MEANING)]
    document.warnings = [*of_the_text, *reading.warnings]
    document.spans = {}  # they pointed into the older text
    document.save(update_fields=["warnings", "spans"])
    data = {"passages": kept.passages.count()}
    record("evidence.recognized", document, by="system:recognition", at=at, data=data)


def _with_pictures(asked: Recognition, raw: bytes) -> Reading:
    """Return what a PDF says, with what is recognized on its pages without text; say how far it is."""
    reading = _read(raw)
    pages = len(reading.empty_pages)
    said = recognized_on(
        raw, reading.empty_pages, before=lambda done: _tell(asked, pages=pages, pages_read=done)
    )
    return filled(reading, said)


def _read(raw: bytes) -> Reading:
    """Return what a PDF says by itself, which may be nothing at all. Raises Unreadable with the reason."""
    try:
        return read(raw)
    except Unreadable as refused:
        if refused.code != "pictures_only":
            raise
        return without_text(raw)


def _tell(asked: Recognition, **how_far: int) -> None:
    """Write down how far the pages are read, while it goes on."""
    with transaction.atomic():
        Recognition.objects.filter(pk=asked.pk).update(**how_far)

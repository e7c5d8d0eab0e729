"""Each file of a case as a line: who sent it, which paper it is, what became of it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.models import MOVES_DATES, Case, Origin, Paper, PaperKind
from cases.papers import mark_of
from foundation.files.models import Status as UploadStatus
from foundation.files.uploads import Sent, uploads_of
from foundation.vault.opening import open_many
from intake.words import date_words
from workspace.papers.forms import BY_KIND

PURPOSE = "papers page"
KINDS = list(PaperKind.values)


@dataclass(frozen=True)
class PaperLine:
    """One file of a case, opened. `kind` is a code of PaperKind, "" where nobody sorted it yet.

    `sent_by` is who of the office or which attorney added it, "" for what the person sent. `dated` is its
    day as it was written down, `origin` from whom it is. `reason` says why it was not taken, `notes` what its
    copy lacks.
    `taken_back_on` is when whoever holds the receipt took it back; `is_gone`: nothing of it was kept.
    `moves_dates`: it is a court's or an agency's, so its day belongs with the dates. `seen` tells whether
    somebody described it since.
    """

    id: uuid.UUID
    label: str
    kind: str
    kind_words: str
    dated: str
    origin_code: str
    origin: str
    note: str
    translation_of: uuid.UUID | None
    translation_words: str
    received_on: dt.date
    sent_by: str
    status: str
    reason: str
    notes: list[str]
    is_ready: bool
    is_waiting: bool
    is_refused: bool
    taken_back_on: dt.date | None
    is_gone: bool
    put_aside_by: str
    put_aside_at: dt.datetime | None
    moves_dates: bool
    seen: str

    @property
    def dated_words(self) -> str:
        return date_words(self.dated) if self.dated else ""

    @property
    def counts(self) -> bool:
        """Tell whether it is in: taken, or still being read, and nobody took it back or put it aside."""
        return not (self.is_refused or self.is_gone or self.taken_back_on or self.put_aside_at)


def paper_lines(case: Case, *, purpose: str = PURPOSE) -> list[PaperLine]:
    """Open every file of a case, the newest first by the day on it, or by the day it came."""
    files = uploads_of(case.matter_id, purpose=purpose)
    papers = case.papers.select_related("put_aside_by") if files else []
    known = {paper.upload_id: paper for paper in papers}
    opened = open_many(known.values(), "kind", "dated", "note", purpose=purpose)
    labels = {sent.upload.pk: sent.label for sent in files}
    lines = [
        _line(sent, paper := known.get(sent.upload.pk), opened[paper.pk] if paper else None, labels)
        for sent in files
    ]
    return sorted(lines, key=lambda line: line.dated or line.received_on.isoformat(), reverse=True)


def _line(sent: Sent, paper: Paper | None, about: Any, labels: dict[uuid.UUID, str]) -> PaperLine:
    upload = sent.upload
    kind = about.kind if about else ""
    original = paper.translation_of_id if paper else None
    origin = paper.origin if paper else Origin.US if upload.sent_by else Origin.PERSON
    return PaperLine(
        id=upload.pk,
        label=sent.label,
        kind=kind,
        kind_words=str(PaperKind(kind).label) if kind else _("Not sorted yet"),
        dated=about.dated if about else "",
        origin_code=origin,
        origin=str(Origin(origin).label) if kind else "",
        note=about.note if about else "",
        translation_of=original,
        translation_words=labels.get(original, "") if original else "",
        received_on=upload.received_on,
        sent_by=upload.sent_by.name if upload.sent_by else "",
        status=str(upload.get_status_display()),
        reason=str(sent.words),
        notes=sent.notes,
        is_ready=upload.status == UploadStatus.REBUILT,
        is_waiting=upload.status == UploadStatus.RECEIVED,
        is_refused=upload.status == UploadStatus.REFUSED,
        taken_back_on=upload.taken_back_on,
        is_gone=upload.original_id is None and upload.rebuilt_id is None,
        put_aside_by=paper.put_aside_by.name if paper and paper.put_aside_by else "",
        put_aside_at=paper.put_aside_at if paper else None,
        moves_dates=kind in MOVES_DATES,
        seen=mark_of(paper),
    )


def in_order(lines: Iterable[PaperLine], order: str) -> list[PaperLine]:
    """Return lines as they are to stand: those of one kind together, or as they come."""
    if order != BY_KIND:
        return list(lines)
    return sorted(lines, key=lambda line: KINDS.index(line.kind) if line.kind else len(KINDS))

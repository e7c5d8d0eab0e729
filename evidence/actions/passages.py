"""Let a person say what of a source can be quoted, where the rules left something out or took too much.

A text that is kept never changes, nor do its passages: what is marked makes a new snapshot of the same text.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evidence import rules
from evidence.access import documents_visible_to
from evidence.actions.library import keep_snapshot
from evidence.models import Capture, Document, PassageKind, Snapshot
from evidence.rules import Span
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class NoSuchPassage(Refused):
    message = _("This part of the text is a passage already, or is not there. Look at the page again.")


@transaction.atomic
def mark_passage(document: Document, *, start: int, end: int, by: User, at: datetime) -> Snapshot:
    """Make characters `start` to `end` of a source's text a passage.

    Raises Forbidden for whoever may not see the document; NoSuchPassage where nothing stands there, or
    part of it is in a passage already.
    """
    newest, paragraphs = _newest(document, by)
    marked = Span.of(newest.text, max(0, start), min(end, len(newest.text)))
    if not marked.text or any(one.start < marked.end and marked.start < one.end for one in paragraphs):
        raise NoSuchPassage
    return _cut(document, newest, [*paragraphs, marked], by=by, at=at)


@transaction.atomic
def move_end(document: Document, *, end: int, by: User, at: datetime) -> Snapshot:
    """Let a source's text end with character `end`: what stands below is no passage, what stands above is.

    Raises Forbidden for whoever may not see the document; NoSuchPassage where no passage would be left.
    """
    newest, paragraphs = _newest(document, by)
    last = max((one.end for one in paragraphs), default=0)
    kept = [one for one in paragraphs if one.end <= end]
    added = [line for line in rules.lines_of(newest.text) if last <= line.start and line.end <= end]
    if not kept or (not added and len(kept) == len(paragraphs)):
        raise NoSuchPassage
    return _cut(document, newest, [*kept, *added], by=by, at=at)


def _newest(document: Document, by: User) -> tuple[Snapshot, list[Span]]:
    """Return the newest text, kept as it is until the transaction ends, and its paragraphs."""
    if not documents_visible_to(by).select_for_update().filter(pk=document.pk).exists():
        raise Forbidden
    newest = document.snapshots.latest("captured_at")
    paragraphs = newest.passages.filter(kind=PassageKind.PARAGRAPH)
    return newest, [Span.of(newest.text, one.start, one.end) for one in paragraphs]


def _cut(document: Document, newest: Snapshot, paragraphs: list[Span], *, by: User, at: datetime) -> Snapshot:
    parsed = rules.parse_statement(newest.text)
    passages = rules.passages_of(newest.text, sorted(paragraphs, key=lambda one: one.start))
    origin = {
        name: getattr(newest, name)
        for name in ("pages", "left_out", "original_type", "original_sha256", "warc_sha256")
    }
    kept = keep_snapshot(document, parsed, passages, capture=Capture.MARKED, at=at, **origin)
    record("evidence.passages_marked", document, by=by, at=at, data={"passages": len(passages)})
    return kept

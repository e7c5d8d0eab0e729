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


class NotInTheText(Refused):
    message = _("These words do not stand in the text, letter for letter. Copy them from the page.")


class MoreThanOnce(Refused):
    message = _("These words stand in the text more than once. Take a few words more.")


@transaction.atomic
def mark_passage(document: Document, *, start: int, end: int, by: User, at: datetime) -> Snapshot:
    """Make characters `start` to `end` of a source's text a passage.

    What stands beside all paragraphs is one more; what is part of one, or goes over several, is a passage
    within. Raises Forbidden for whoever may not see the document; NoSuchPassage where nothing stands there,
    or exactly this is a passage already.
    """
    newest = _newest(document, by)
    return _marked(document, newest, start, end, by=by, at=at)


@transaction.atomic
def mark_words(document: Document, *, words: str, by: User, at: datetime) -> Snapshot:
    """Make the part of a source's text that says these words a passage, as `mark_passage` does.

    Raises Forbidden for whoever may not see the document; NotInTheText; MoreThanOnce; NoSuchPassage where
    exactly this is a passage already.
    """
    newest = _newest(document, by)
    places = rules.places_of(newest.text, words)
    if len(places) != 1:
        raise MoreThanOnce if places else NotInTheText
    return _marked(document, newest, *places[0], by=by, at=at)


def _marked(
    document: Document, newest: Snapshot, start: int, end: int, *, by: User, at: datetime
) -> Snapshot:
    paragraphs, inside = _spans_of(newest)
    span = Span.of(newest.text, max(0, start), min(end, len(newest.text)))
    is_one = newest.passages.filter(start=span.start, end=span.end).exists()
    if not span.text or is_one:
        raise NoSuchPassage
    if any(one.start < span.end and span.start < one.end for one in paragraphs):
        return _cut(document, newest, paragraphs, [*inside, span], by=by, at=at)
    return _cut(document, newest, [*paragraphs, span], inside, by=by, at=at)


@transaction.atomic
def move_end(document: Document, *, end: int, by: User, at: datetime) -> Snapshot:
    """Let a source's text end with character `end`: what stands below is no passage, what stands above is.

    Raises Forbidden for whoever may not see the document; NoSuchPassage where no passage would be left.
    """
    newest = _newest(document, by)
    paragraphs, inside = _spans_of(newest)
    last = max((one.end for one in paragraphs), default=0)
    kept = [one for one in paragraphs if one.end <= end]
    added = [line for line in rules.lines_of(newest.text) if last <= line.start and line.end <= end]
    if not kept or (not added and len(kept) == len(paragraphs)):
        raise NoSuchPassage
    inside = [one for one in inside if one.end <= max(kept[-1].end, end)]
    return _cut(document, newest, [*kept, *added], inside, by=by, at=at)


def _newest(document: Document, by: User) -> Snapshot:
    """Return the newest text, kept as it is until the transaction ends."""
    if not documents_visible_to(by).select_for_update().filter(pk=document.pk).exists():
        raise Forbidden
    return document.snapshots.latest("captured_at")


def _spans_of(newest: Snapshot) -> tuple[list[Span], list[Span]]:
    """Return the paragraphs of a text, and what a person marked within them."""
    places = newest.passages.order_by("start", "end").values_list("kind", "start", "end")
    spans = [(kind, Span.of(newest.text, start, end)) for kind, start, end in places]
    return (
        [span for kind, span in spans if kind == PassageKind.PARAGRAPH],
        [span for kind, span in spans if kind == PassageKind.MARKED],
    )


def _cut(
    document: Document,
    newest: Snapshot,
    paragraphs: list[Span],
    inside: list[Span],
    *,
    by: User,
    at: datetime,
) -> Snapshot:
    parsed = rules.parse_statement(newest.text)
    in_order = sorted(paragraphs, key=lambda one: one.start)
    passages = rules.passages_of(newest.text, in_order, inside)
    origin = {
        name: getattr(newest, name)
        for name in ("pages", "left_out", "original_type", "original_sha256", "warc_sha256")
    }
    kept = keep_snapshot(document, parsed, passages, capture=Capture.MARKED, at=at, **origin)
    record("evidence.passages_marked", document, by=by, at=at, data={"passages": len(passages)})
    return kept

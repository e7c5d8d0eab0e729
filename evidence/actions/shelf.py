"""Bring a report of the reference shelf into the library, to be cited."""

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction

from evidence.models import Capture, Document, DocumentKind, Passage, Report, ReportPassage, Snapshot
from evidence.search.vectors import searched
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden


@transaction.atomic
def take_from_shelf(passage: ReportPassage, *, by: User, at: datetime) -> Passage:
    """Bring the report a passage stands in into the office's library, whole, and return the passage there.

    What is cited must not change with the shelf, so the office keeps a snapshot of its own: one, however
    often and by whomever it is asked for. Raises Forbidden for someone of no office.
    """
    if by.office is None:
        raise Forbidden
    own = Document.objects.filter(office=by.office, report=passage.report)
    document = own.first()
    if document is None:
        try:
            with transaction.atomic():
                document = _whole_report(passage.report, by, at)
        except IntegrityError:  # another press was first; ours waited for it
            document = own.get()
    snapshot = document.snapshots.filter(capture=Capture.SHELF).latest("captured_at")
    start = snapshot.text.index(passage.text) if snapshot.text.count(passage.text) == 1 else None
    places = (
        snapshot.passages.filter(n=passage.n + 1) if start is None else snapshot.passages.filter(start=start)
    )
    return places.get()


def _whole_report(report: Report, by: User, at: datetime) -> Document:
    office = by.office
    if office is None:
        raise Forbidden
    passages = list(report.passages.order_by("n").only("n", "text", "topic"))
    text = "\n\n".join(passage.text for passage in passages)
    document = Document.objects.create(
        office=office,
        kind=DocumentKind.REPORT,
        title=report.title,
        publisher=report.publisher,
        url=report.url,
        published_date=date(report.year, 1, 1),
        published_precision="year",
        countries=[report.iso3],
        report=report,
        added_by=by,
        added_at=at,
    )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    snapshot = Snapshot.objects.create(
        office=office, document=document, capture=Capture.SHELF, text=text, sha256=sha256, captured_at=at
    )
    rows, start = [], 0
    for passage in passages:
        end = start + len(passage.text)
        rows.append(
            Passage(
                office=office,
                snapshot=snapshot,
                n=passage.n + 1,
                kind="paragraph",
                start=start,
                end=end,
                **searched(passage.text, [passage.topic] if passage.topic else []),
            )
        )
        start = end + 2
    Passage.objects.bulk_create(rows)
    record("evidence.document_added", document, by=by, at=at, data={"passages": len(rows)})
    return document

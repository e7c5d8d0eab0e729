"""Add a source to the library; tie its sentences to what a case must prove."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence import originals, rules
from evidence.access import documents_visible_to, may_cite
from evidence.models import (
    Capture,
    Citation,
    CitationStatus,
    ClaimPoint,
    Collected,
    Collection,
    Document,
    DocumentKind,
    Passage,
    PassageKind,
    Report,
    ReportPassage,
    Snapshot,
)
from evidence.reading.result import Reading
from evidence.rules.sections import topics_in
from evidence.vectors import searched
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class AlreadyInLibrary(Refused):
    """The same text is there already; `document` is the one that has it."""

    status = 409
    message = _("This text is already in the library.")

    def __init__(self, document: Document) -> None:
        self.document = document
        super().__init__()


class NothingToQuote(Refused):
    message = _("There is no text here that could be quoted.")


class AlreadyCited(Refused):
    status = 409
    message = _("This passage is already cited for this point.")


@transaction.atomic
def add_document(
    text: str,
    *,
    capture: str,
    by: User,
    at: datetime,
    url: str = "",
    kind: str = "statement",
    details: dict[str, Any] | None = None,
    reading: Reading | None = None,
    original: bytes = b"",
    warc: bytes = b"",
) -> Document:
    """Keep a published text: parse it, freeze it with its hash, and cut it into passages.

    `details` (title, publisher, ...) replaces what the rules found, for a link record whose excerpt
    holds no title of its own. `reading` says where the pages of a file begin, `original` and `warc` are
    what it was read from.
    """
    office = by.office
    if office is None:
        raise Forbidden
    parsed = rules.parse_statement(text)
    found = rules.passages(parsed)
    if not found:
        raise NothingToQuote
    same = documents_visible_to(by).filter(snapshots__sha256=parsed.sha256).first()
    if same:
        raise AlreadyInLibrary(same)
    about = _details_of(parsed, details or {})
    about["warnings"] += reading.warnings if reading else []
    document = Document.objects.create(
        office=office, kind=kind, url=url, added_by=by, added_at=at, spans=_spans_of(parsed), **about
    )
    origin = _origin(parsed.text, text, reading, original, warc)
    keep_snapshot(document, parsed, found, capture=capture, at=at, **origin)
    record("evidence.document_added", document, by=by, at=at, data={"passages": len(found)})
    return document


def keep_snapshot(
    document: Document,
    parsed: rules.ParsedStatement,
    found: list[rules.Passage],
    *,
    capture: str,
    at: datetime,
    **origin: Any,
) -> Snapshot:
    """Freeze a text with its hash, and its passages."""
    snapshot = Snapshot.objects.create(
        office_id=document.office_id,
        document=document,
        capture=capture,
        text=parsed.text,
        sha256=parsed.sha256,
        captured_at=at,
        **origin,
    )
    Passage.objects.bulk_create(
        Passage(
            office_id=document.office_id,
            snapshot=snapshot,
            n=passage.n,
            kind=passage.kind,
            start=passage.start,
            end=passage.end,
            speaker=passage.speaker or "",
            affiliation=passage.affiliation or "",
            **_searched(document, passage),
        )
        for passage in found
    )
    return snapshot


def _searched(document: Document, passage: rules.Passage) -> dict[str, Any]:
    """Only paragraphs are searched: a quotation stands in one."""
    if passage.kind != PassageKind.PARAGRAPH:
        return {}
    return searched(passage.text, topics_in(f"{document.title}\n{passage.text}"))


def _origin(kept: str, given: str, reading: Reading | None, original: bytes, warc: bytes) -> dict[str, Any]:
    """Return where pages begin and under which hashes the files lie."""
    # Offsets hold only in the text they were counted in.
    pages = reading.pages if reading and kept == given else []
    return {
        "pages": pages,
        "original_type": reading.media_type if reading else "",
        "original_sha256": originals.keep(original) if original else "",
        "warc_sha256": originals.keep(warc) if warc else "",
    }


def _details_of(parsed: rules.ParsedStatement, details: dict[str, Any]) -> dict[str, Any]:
    """Return the document's fields as the rules found them, `details` on top; unknown stays empty."""
    published = parsed.published
    found = {
        "title": parsed.title.text[:400] if parsed.title else "",
        "publisher": parsed.publisher.text if parsed.publisher else "",
        "dateline": parsed.dateline.text if parsed.dateline else "",
        "published_date": published.first_day if published else None,
        "published_precision": published.precision if published else "",
        "countries": [country.iso3 for country in parsed.countries],
        "places": [place.name for place in parsed.places],
        "warnings": list(parsed.warnings),
    }
    return {**found, **details}


def _spans_of(parsed: rules.ParsedStatement) -> dict[str, list[list[int]]]:
    """Return where in the text each detail was found, for a person to check."""
    found: dict[str, list[rules.Span | None]] = {
        "title": [parsed.title],
        "publisher": [parsed.publisher],
        "dateline": [parsed.dateline],
        "published_date": [parsed.published.span if parsed.published else None],
        "relative_dates": [one.span for one in parsed.relative_dates],
    }
    spans = {name: [[one.start, one.end] for one in spans if one] for name, spans in found.items()}
    return {name: places for name, places in spans.items() if places}


@transaction.atomic
def confirm_details(
    document: Document,
    *,
    title: str,
    publisher: str,
    dateline: str,
    published_date: date | None,
    published_precision: str,
    kind: str,
    url: str,
    by: User,
    at: datetime,
) -> None:
    """Keep the details as a person corrected or confirmed them."""
    if not documents_visible_to(by).filter(pk=document.pk).exists():
        raise Forbidden
    document.title, document.publisher, document.dateline = title, publisher, dateline
    document.published_date = published_date
    document.published_precision = published_precision if published_date else ""
    document.kind, document.url = kind, url
    document.confirmed_by, document.confirmed_at = by, at
    document.save()
    record("evidence.details_confirmed", document, by=by, at=at)


@transaction.atomic
def add_claim_point(
    case: Case, *, ground: str, assertion: str, by: User, at: datetime, **parts: str
) -> ClaimPoint:
    """Write down what needs support; `parts` are element, harm, actor, place and period."""
    if not may_cite(by, case):
        raise Forbidden
    point = ClaimPoint.objects.create(
        **case.file, case=case, ground=ground, assertion=assertion, added_by=by, added_at=at, parts=parts
    )
    record("evidence.claim_point_added", point, by=by, at=at, data={"case": str(case.pk)})
    return point


@transaction.atomic
def cite_passage(
    passage: Passage,
    *,
    claim_point: ClaimPoint,
    relation: str,
    note: str,
    pincite: str = "",
    by: User,
    at: datetime,
) -> Citation:
    """Freeze a passage's words, place and hash, and tie them to a claim point."""
    case = claim_point.case
    if not may_cite(by, case):
        raise Forbidden
    if not documents_visible_to(by).filter(pk=passage.snapshot.document_id).exists():
        raise Forbidden
    if claim_point.citations.filter(passage=passage).exclude(status=CitationStatus.WITHDRAWN).exists():
        raise AlreadyCited
    quote = rules.text_quote(passage.snapshot.text, passage.start, passage.end)
    citation = Citation.objects.create(
        **case.file,
        case=case,
        claim_point=claim_point,
        passage=passage,
        snapshot=passage.snapshot,
        status=CitationStatus.CONFIRMED,
        relation=relation,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        start=passage.start,
        end=passage.end,
        sha256=passage.snapshot.sha256,
        note=note,
        pincite=pincite,
        cited_by=by,
        cited_at=at,
    )
    # A bare count: it grows by one, and nothing is kept of when or for which case.
    Document.objects.filter(pk=passage.snapshot.document_id).update(uses=F("uses") + 1)
    record("evidence.passage_cited", citation, by=by, at=at, data={"case": str(case.pk)})
    return citation


@transaction.atomic
def withdraw_citation(citation: Citation, *, by: User) -> None:
    """Take a citation off the case; the record of it stays."""
    if not may_cite(by, citation.case):
        raise Forbidden
    Citation.LIFE.move(
        citation,
        CitationStatus.WITHDRAWN,
        by=by,
        event="evidence.citation_withdrawn",
        data={"case": str(citation.case_id)},
    )


@transaction.atomic
def take_from_shelf(passage: ReportPassage, *, by: User, at: datetime) -> Passage:
    """Bring the report a passage stands in into the office's library, whole, and return the passage there.

    What is cited must not change with the shelf, so the office keeps a snapshot of its own: one, however
    often and by whomever it is asked for.
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


@transaction.atomic
def assess_source(document: Document, *, independence: str, method: str, by: User, at: datetime) -> None:
    """Keep a person's judgment of a source; its currency is reckoned from its date."""
    if not documents_visible_to(by).filter(pk=document.pk).exists():
        raise Forbidden
    document.independence, document.method = independence, method
    document.assessed_by, document.assessed_at = by, at
    document.save(update_fields=["independence", "method", "assessed_by", "assessed_at"])
    record("evidence.source_assessed", document, by=by, at=at)


class SameName(Refused):
    status = 409
    message = _("The office has a collection of this name already.")


@transaction.atomic
def make_collection(*, name: str, by: User, at: datetime) -> Collection:
    """Start a collection that the whole office sees."""
    if by.office is None:
        raise Forbidden
    made, new = Collection.objects.get_or_create(
        office=by.office, name=name, defaults={"made_by": by, "made_at": at}
    )
    if not new:
        raise SameName
    record("evidence.collection_made", made, by=by, at=at)
    return made


@transaction.atomic
def collect(document: Document, *, collection: Collection, by: User, at: datetime) -> None:
    """Put a source into a collection of the same office; twice is once."""
    own = documents_visible_to(by).filter(pk=document.pk).exists()
    if not own or collection.office_id != document.office_id:
        raise Forbidden
    _collected, new = Collected.objects.get_or_create(
        collection=collection,
        document=document,
        defaults={"office_id": document.office_id, "added_by": by, "added_at": at},
    )
    if new:
        record("evidence.collected", document, by=by, at=at, data={"collection": str(collection.pk)})


@transaction.atomic
def uncollect(collected: Collected, *, by: User, at: datetime) -> None:
    """Take a source out of a collection; it stays in the library. Of two presses the second finds it out."""
    if by.office is None or collected.office_id != by.office.pk:
        raise Forbidden
    gone, _models = Collected.objects.filter(pk=collected.pk).delete()
    if gone:
        data = {"collection": str(collected.collection_id)}
        record("evidence.uncollected", collected.document, by=by, at=at, data=data)

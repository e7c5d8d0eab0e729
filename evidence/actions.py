"""Add a source to the library; tie its sentences to what a case must prove."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence import rules
from evidence.access import documents_visible_to, may_cite
from evidence.models import (
    Citation,
    CitationStatus,
    ClaimPoint,
    Document,
    Passage,
    Snapshot,
)
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


class WrongCase(Refused):
    message = _("This point belongs to another case.")


class QuoteLock(Refused):
    """A citation's quotation is no longer what its snapshot says."""

    message = _("The quotation does not match the stored source. It is not shown.")


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
) -> Document:
    """Keep a published text: parse it, freeze it with its hash, and cut it into passages.

    `details` (title, publisher, ...) replaces what the rules found, for a link record whose excerpt
    holds no title of its own.
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
    document = Document.objects.create(
        office=office, kind=kind, url=url, added_by=by, added_at=at, **_details_of(parsed, details or {})
    )
    snapshot = Snapshot.objects.create(
        office=office,
        document=document,
        capture=capture,
        text=parsed.text,
        sha256=parsed.sha256,
        captured_at=at,
    )
    Passage.objects.bulk_create(
        Passage(
            office=office,
            snapshot=snapshot,
            n=passage.n,
            kind=passage.kind,
            start=passage.start,
            end=passage.end,
            speaker=passage.speaker or "",
            affiliation=passage.affiliation or "",
        )
        for passage in found
    )
    record("evidence.document_added", document, by=by, at=at, data={"passages": len(found)})
    return document


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
def add_claim_point(case: Case, *, ground: str, assertion: str, by: User, at: datetime) -> ClaimPoint:
    """Write down one assertion of the claim that needs support."""
    if not may_cite(by, case):
        raise Forbidden
    point = ClaimPoint.objects.create(
        **case.file, case=case, ground=ground, assertion=assertion, added_by=by, added_at=at
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
        cited_by=by,
        cited_at=at,
    )
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

"""Add a source to the library; confirm and judge what it is."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evidence import originals, rules
from evidence.access import documents_visible_to
from evidence.models import Document, Passage, PassageKind, Snapshot
from evidence.reading.lines import unwrapped
from evidence.reading.result import Reading
from evidence.rules.sections import topics_in
from evidence.search.vectors import searched
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

    `details` (title, publisher, ...) replaces what the rules found, for a link record whose excerpt holds
    no title of its own. `reading` says where the pages of a file begin, `original` and `warc` are what it
    was read from. Raises Forbidden for someone of no office; NothingToQuote for a text without words;
    AlreadyInLibrary, which bears the document, for a text that is there.
    """
    office = by.office
    if office is None:
        raise Forbidden
    given = text if reading else unwrapped(text)
    parsed = rules.parse_statement(given, reading.hints if reading else None)
    passages = rules.passages(parsed)
    if not passages:
        raise NothingToQuote
    same = documents_visible_to(by).filter(snapshots__sha256=parsed.sha256).first()
    if same:
        raise AlreadyInLibrary(same)
    about = _details_of(parsed, details or {})
    about["warnings"] += reading.warnings if reading else []
    document = Document.objects.create(
        office=office, kind=kind, url=url, added_by=by, added_at=at, spans=_spans_of(parsed), **about
    )
    origin = _origin(parsed.text, given, reading, original, warc)
    keep_snapshot(document, parsed, passages, capture=capture, at=at, **origin)
    record("evidence.document_added", document, by=by, at=at, data={"passages": len(passages)})
    return document


def keep_snapshot(
    document: Document,
    parsed: rules.ParsedStatement,
    passages: list[rules.Passage],
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
            speaker=(passage.speaker or "")[:120],
            role=(passage.role or "")[:160],
            affiliation=(passage.affiliation or "")[:160],
            **_searched(document, passage),
        )
        for passage in passages
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
        "left_out": reading.left_out if reading else [],
        "original_type": reading.media_type if reading else "",
        "original_sha256": originals.keep(original) if original else "",
        "warc_sha256": originals.keep(warc) if warc else "",
    }


def _details_of(parsed: rules.ParsedStatement, details: dict[str, Any]) -> dict[str, Any]:
    """Return the document's fields as the rules found them, `details` on top; unknown stays empty."""
    published = parsed.published
    if published and published.either:  # a person says which of the days it is
        published = None
    details_found: dict[str, Any] = {
        "title": parsed.title.text[:400] if parsed.title else "",
        "subtitle": parsed.subtitle.text[:400] if parsed.subtitle else "",
        "publisher": parsed.publisher.text[:200] if parsed.publisher else "",
        "dateline": parsed.dateline.text[:120] if parsed.dateline else "",
        "published_date": published.first_day if published else None,
        "published_precision": published.precision if published else "",
        "countries": [country.iso3 for country in parsed.countries],
        "places": [place.name for place in parsed.places],
        "warnings": list(parsed.warnings),
    }
    details_found["guesses"] = {
        name: guess for name, guess in _guesses_of(parsed).items() if name not in details
    }
    return {**details_found, **details}


def _guesses_of(parsed: rules.ParsedStatement) -> dict[str, dict[str, Any]]:
    """Return how each detail was found and how sure that is."""
    guesses: dict[str, dict[str, Any]] = {}
    if publisher := parsed.publisher:
        guesses["publisher"] = {
            "value": publisher.text[:200],
            "where": publisher.where,
            "sure": publisher.sure,
        }
    if published := parsed.published:
        either = [day.isoformat() for day in published.either]
        guesses["published_date"] = {
            "value": "" if either else published.first_day.isoformat(),
            "where": published.where,
            "sure": published.sure,
            "either": either,
        }
    return guesses


def _spans_of(parsed: rules.ParsedStatement) -> dict[str, list[list[int]]]:
    """Return where in the text each detail was found, for a person to check."""
    spans_of: dict[str, list[rules.Span | None]] = {
        "title": [parsed.title],
        "subtitle": [parsed.subtitle],
        "publisher": [parsed.publisher.span if parsed.publisher else None],
        "dateline": [parsed.dateline],
        "published_date": [parsed.published.span if parsed.published else None],
        "relative_dates": [span.span for span in parsed.relative_dates],
    }
    spans = {name: [[span.start, span.end] for span in spans if span] for name, spans in spans_of.items()}
    return {name: places for name, places in spans.items() if places}


@transaction.atomic
def confirm_details(
    document: Document,
    *,
    title: str,
    subtitle: str,
    publisher: str,
    dateline: str,
    published_date: date | None,
    published_precision: str,
    kind: str,
    url: str,
    by: User,
    at: datetime,
) -> None:
    """Keep the details as a person corrected or confirmed them.

    Raises Forbidden for whoever may not see the document.
    """
    if not documents_visible_to(by).filter(pk=document.pk).exists():
        raise Forbidden
    document.title, document.subtitle = title, subtitle
    document.publisher, document.dateline = publisher, dateline
    document.published_date = published_date
    document.published_precision = published_precision if published_date else ""
    document.kind, document.url = kind, url
    document.confirmed_by, document.confirmed_at = by, at
    document.save()
    record("evidence.details_confirmed", document, by=by, at=at)


@transaction.atomic
def assess_source(document: Document, *, independence: str, method: str, by: User, at: datetime) -> None:
    """Keep a person's judgment of a source; its currency is reckoned from its date.

    Raises Forbidden for whoever may not see the document.
    """
    if not documents_visible_to(by).filter(pk=document.pk).exists():
        raise Forbidden
    document.independence, document.method = independence, method
    document.assessed_by, document.assessed_at = by, at
    document.save(update_fields=["independence", "method", "assessed_by", "assessed_at"])
    record("evidence.source_assessed", document, by=by, at=at)

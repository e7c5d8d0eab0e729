"""Add a source to the library; tie its sentences to what a case must prove."""

import hashlib
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence import originals, rules
from evidence.access import documents_visible_to, may_cite
from evidence.clients.fetch import Exchange, Fetcher, NotFetched, check_url
from evidence.clients.warc import as_warc
from evidence.models import (
    Capture,
    Citation,
    CitationStatus,
    ClaimPoint,
    Document,
    DocumentKind,
    Link,
    LinkCheck,
    LinkStatus,
    Passage,
    Report,
    ReportPassage,
    Snapshot,
)
from evidence.reading import Reading, Unreadable, read
from evidence.rules.drift import Sight, sight_of
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
        **_origin(parsed.text, text, reading, original, warc),
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

    What is cited must not change with the shelf, so the office keeps a snapshot of its own.
    """
    if by.office is None:
        raise Forbidden
    report = passage.report
    document = (
        Document.objects.select_for_update(of=("self",))
        .filter(office=by.office, url=report.url, title=report.title, snapshots__capture=Capture.SHELF)
        .first()
    )
    if document is None:
        document = _whole_report(report, by, at)
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
    passages = list(report.passages.order_by("n").only("n", "text"))
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
            Passage(office=office, snapshot=snapshot, n=passage.n + 1, kind="paragraph", start=start, end=end)
        )
        start = end + 2
    Passage.objects.bulk_create(rows)
    record("evidence.document_added", document, by=by, at=at, data={"passages": len(rows)})
    return document


@transaction.atomic
def ask_for_link(url: str, *, kind: str, by: User, at: datetime) -> Link:
    """Put an address in line for the worker; refused at once where it is no plain web address."""
    if by.office is None:
        raise Forbidden
    try:
        check_url(url)
    except NotFetched as reason:
        raise NotAPage(why_not(reason.code)) from None
    link = Link.objects.create(office=by.office, url=url, kind=kind, asked_by=by, asked_at=at)
    record("evidence.link_asked", link, by=by, at=at)
    return link


class NotAPage(Refused):
    message = _("This address cannot be fetched.")


WHY_NOT = {
    "scheme": _("Only http and https addresses can be fetched."),
    "userinfo": _("An address with a name or password in it is not fetched."),
    "port": _("Only the usual web ports are fetched."),
    "host": _("This address names no site."),
    "malformed": _("This is not a web address."),
    "name": _("There is no site of this name."),
    "address": _("This address leads into a private network. It is not fetched."),
    "redirects": _("The site sends from page to page without end."),
    "large": _("The page is larger than 20 MB."),
    "slow": _("The site took too long to answer."),
    "certificate": _("The site's certificate is not valid."),
    "unreachable": _("The site could not be reached."),
}


def why_not(code: str) -> str:
    """Return why a page was not fetched, in words."""
    return str(WHY_NOT.get(code, WHY_NOT["unreachable"]))


def fetch_waiting(client: Fetcher, *, at: datetime, most: int = 20) -> int:
    """Fetch what waits in line and return how many were tried. The network is asked outside transactions."""
    tried = 0
    while tried < most and (link := _lease(at)):
        _fetch(link, client, at)
        tried += 1
    return tried


@transaction.atomic
def _lease(at: datetime) -> Link | None:
    """Take the next link for five minutes, so that no second worker asks the site too."""
    waiting = Link.objects.filter(status=LinkStatus.WAITING).filter(
        Q(leased_until=None) | Q(leased_until__lt=at)
    )
    link = waiting.select_for_update(skip_locked=True).order_by("asked_at").first()
    if link:
        link.leased_until = at + timedelta(minutes=5)
        link.save(update_fields=["leased_until"])
    return link


def _fetch(link: Link, client: Fetcher, at: datetime) -> None:
    try:
        chain = client.fetch(link.url)
        page = chain[-1]
        if page.status != HTTPStatus.OK:
            raise NotAPage(_("The site answered %(status)s.") % {"status": page.status})
        reading = read(page.body, declared=page.header("content-type"))
    except NotFetched as reason:
        _refuse(link, why_not(reason.code))
    except Refused as refused:
        _refuse(link, str(refused))
    else:
        _keep(link, chain, reading, at)


@transaction.atomic
def _refuse(link: Link, reason: str) -> None:
    Link.LIFE.move(
        link, LinkStatus.REFUSED, by="system:capture", event="evidence.link_refused", reason=reason[:300]
    )


def _keep(link: Link, chain: list[Exchange], reading: Reading, at: datetime) -> None:
    try:
        with transaction.atomic():
            document = add_document(
                reading.text,
                capture=Capture.LINK,
                url=chain[-1].url,
                kind=link.kind,
                reading=reading,
                original=chain[-1].body,
                warc=as_warc(chain),
                by=link.asked_by,
                at=at,
            )
            _kept(link, document)
    except AlreadyInLibrary as refused:
        with transaction.atomic():
            _kept(link, refused.document)
    except Refused as refused:
        _refuse(link, str(refused))


def _kept(link: Link, document: Document) -> None:
    Link.LIFE.move(
        link, LinkStatus.KEPT, by="system:capture", event="evidence.link_kept", document_id=document.pk
    )


CHECKED_EVERY = timedelta(days=7)


def check_links(client: Fetcher, *, at: datetime, most: int = 50) -> int:
    """Look at the pages of the library again and return how many were looked at.

    Every source is due a week after the last look, cited or not, whatever case it serves: the schedule
    tells a site nothing. The fetch itself is the same as anyone's.
    """
    with transaction.atomic():
        recent = LinkCheck.objects.filter(checked_at__gt=at - CHECKED_EVERY).values("document")
        due = list(
            Document.objects.exclude(url="")
            .exclude(pk__in=recent)
            .order_by("pk")
            .values_list("pk", flat=True)[:most]
        )
    for key in due:
        check_link(key, client, at=at)
    return len(due)


def check_link(key: Any, client: Fetcher, *, at: datetime) -> LinkCheck:
    """Fetch a source's page again and keep what became of its passages."""
    with transaction.atomic():
        document = Document.objects.get(pk=key)
        snapshot = document.snapshots.latest("captured_at")
        passages = [(p.n, snapshot.text[p.start : p.end]) for p in snapshot.passages.all()]
    sight, final = _looked(document.url, client, passages)
    with transaction.atomic():
        check = LinkCheck.objects.create(
            office_id=document.office_id,
            document=document,
            checked_at=at,
            seen=sight.seen,
            final_url=final[:1000],
            passages=[
                {"n": d.n, "state": d.state, "before": d.before, "after": d.after, "words": d.words}
                for d in sight.differences
            ],
        )
        if sight.seen != "same":
            record(
                "evidence.source_drifted", document, by="system:sentinel", at=at, data={"seen": sight.seen}
            )
    return check


def _looked(url: str, client: Fetcher, passages: list[tuple[int, str]]) -> tuple[Sight, str]:
    try:
        chain = client.fetch(url)
        page = chain[-1]
        now = read(page.body).text if page.body.strip() else ""
    except (NotFetched, Unreadable):
        return Sight("unchecked", []), ""
    moved = page.url.split("#")[0].rstrip("/") != url.split("#")[0].rstrip("/")
    return sight_of(page.status, now, passages, moved=moved), page.url

"""What a packet is now: its exhibits with their pages, what came of the last build, what is to look at."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from evidence.clients.tesseract import can_recognize
from evidence.models import Citation, LinkCheck, Relation
from foundation.badges import Badge
from foundation.vault.opening import open_many, open_one
from packets.composing import PURPOSE, Row, day_of, rows_of
from packets.declaration_models import ParagraphStatus
from packets.docx import table
from packets.making.numbering import span
from packets.models import Build, BuildStatus, Exhibit, FoundText, IndexOrder, Packet, Part, TextStatus
from packets.rules.lint import Bound, Remark, lint
from packets.words import CERTIFICATE_PARTS, remark_words, why

ORDER_OF_PARTS = list(Part.values)


@dataclass(frozen=True)
class ExhibitLine:
    """One exhibit as the packet's page shows it; `pages` are those of the last build that came out well."""

    id: Any
    tab: str
    title: str
    part: str
    how: str
    says: str
    quotations: int
    pages: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class RemarkLine:
    words: str
    tab: str
    title: str
    pages: str
    detail: str


@dataclass(frozen=True)
class BuildCard:
    """The last build: how far, what came of it. `failed_tab` and `why` say which exhibit failed and why."""

    id: Any
    status: Badge
    is_waiting: bool
    percent: int
    failed_tab: str
    why: str
    volumes: list[int]
    is_current: bool


@dataclass(frozen=True)
class TextCard:
    """Pages that are pictures: how many files are being read and how far, which could not be read.

    `can_ask`: there are pages without text that nobody asked to read. `is_missing`: nothing reads them here.
    """

    reading: int
    pages: int
    pages_read: int
    failed: list[str]
    can_ask: bool
    is_missing: bool


@dataclass(frozen=True)
class Opened:
    """A packet with its exhibits opened, and the map of its last good build."""

    packet: Packet
    rows: list[Row]
    last: Build | None
    good: Build | None
    made: dict[str, Any]


def opened(packet: Packet) -> Opened:
    """Open a packet's exhibits and the map of its last good build."""
    builds = list(packet.builds.select_related("failed").order_by("-asked_at")[:20])
    good = next((build for build in builds if build.status == BuildStatus.BUILT), None)
    made = (open_one(good, "made", purpose=PURPOSE).made or {}) if good else {}
    return Opened(packet, rows_of(packet), builds[0] if builds else None, good, made)


def lines_of(page: Opened) -> list[ExhibitLine]:
    numbers = numbers_of(page.made)
    return [
        ExhibitLine(
            id=row.exhibit.pk,
            tab=row.tab,
            title=row.title,
            part=str(Part(row.exhibit.part).label),
            how=str(row.exhibit.get_how_display()),
            says=str(row.about.get("says", "")),
            quotations=len(row.citations),
            pages=span(numbers.get(row.key, [])),
            is_first=place == 0,
            is_last=place == len(page.rows) - 1,
        )
        for place, row in enumerate(page.rows)
    ]


def numbers_of(made: dict[str, Any]) -> dict[str, list[str]]:
    """Return the numbers of each exhibit with its tab, by its key."""
    numbers: dict[str, list[str]] = {}
    for page in made.get("pages", []):
        if page["kind"] in ("tab", "exhibit", "certificate"):
            numbers.setdefault(page["part"].rpartition(":")[2], []).append(page["label"])
    return numbers


def build_card(page: Opened) -> BuildCard | None:
    """Return what came of the last build; the volumes are those of the last good one."""
    last, good = page.last, page.good
    if last is None:
        return None
    tabs = {row.exhibit.pk: f"{row.tab}: {row.title}" for row in page.rows}
    is_current = good is not None and good == last and page.packet.changed_at <= good.asked_at
    return BuildCard(
        id=good.pk if good else None,
        status=BuildStatus(last.status).badge,
        is_waiting=last.status == BuildStatus.WAITING,
        percent=100 * last.done // last.steps if last.steps else 0,
        failed_tab=tabs.get(last.failed_id, "") if last.failed_id else "",
        why=why(last.reason) if last.status == BuildStatus.FAILED else "",
        volumes=list(good.volumes.values_list("number", flat=True)) if good else [],
        is_current=is_current,
    )


def text_card(page: Opened) -> TextCard | None:
    """Return how far pages that are pictures are read; None where no page is known to be one."""
    mine = FoundText.objects.filter(matter_id=page.packet.matter_id).defer("said")
    known = {one.upload_id or one.snapshot_id: one for one in mine.order_by("asked_at")}
    asked = [known.get(row.exhibit.upload_id or row.exhibit.snapshot_id) for row in page.rows]
    blank = [
        row
        for row, one in zip(page.rows, asked, strict=True)
        if (one is None or one.status == TextStatus.FAILED) and _has_blank(page.made, row.key)
    ]
    reading = [one for one in asked if one is not None and one.status == TextStatus.READING]
    failed = [
        f"{row.tab}: {row.title}"
        for row, one in zip(page.rows, asked, strict=True)
        if one is not None and one.status == TextStatus.FAILED
    ]
    if not (blank or reading or failed):
        return None
    return TextCard(
        reading=len(reading),
        pages=sum(one.pages for one in reading),
        pages_read=sum(one.pages_read for one in reading),
        failed=failed,
        can_ask=bool(blank) and can_recognize(),
        is_missing=bool(blank) and not can_recognize(),
    )


def _has_blank(made: dict[str, Any], key: str) -> bool:
    facts = made.get("facts", {}).get(key) or {"pages": []}
    return any(not page["letters"] for page in facts["pages"])


def remarks_of(page: Opened, *, today: date) -> list[RemarkLine]:
    """Return what is to be looked at before filing, as the last good build was."""
    if not page.made:
        return []
    bound = [one for row in page.rows if (one := _bound(row, page)) is not None]
    known = {row.key: row for row in page.rows}
    volumes, packet = page.made["manifest"]["volumes"], page.packet
    remarks = lint(bound, volumes, oldest_years=packet.oldest_years, due=packet.filing_due, today=today)
    return [_remark(remark, known) for remark in remarks]


def _remark(remark: Remark, known: dict[str, Row]) -> RemarkLine:
    row = known.get(remark.exhibit)
    detail = remark.detail if remark.code in ("source_old", "volume_too_large") else ""
    if remark.code == "twice" and remark.detail in known:
        detail = known[remark.detail].tab
    elif remark.code.endswith("_incomplete"):
        detail = ", ".join(str(CERTIFICATE_PARTS[part]) for part in remark.detail.split())
    tab, title = (row.tab, row.title) if row else ("", "")
    return RemarkLine(remark_words(remark.code), tab, title, ", ".join(remark.pages), detail)


def _bound(row: Row, page: Opened) -> Bound | None:
    """Return an exhibit as the last good build bound it; None for one that came since."""
    facts = page.made["facts"].get(row.key)
    if facts is None:
        return None
    own = [one for one in page.made["pages"] if one["part"] == row.key]
    document, said = row.document, row.about.get("certificate") or {}
    missing = sum(1 for quote in facts["quotes"] if not quote["pages"])
    changed = None
    if document:
        seen = LinkCheck.objects.filter(document=document).order_by("-checked_at").first()
        changed = seen.seen if seen and seen.seen in ("changed", "gone", "soft_404") else None
    return Bound(
        key=row.key,
        labels=[one["label"] for one in own],
        pages=facts["pages"],
        digests=[one["digest"] for one in own],
        part=row.exhibit.part,
        is_translated=said.get("kind") == "translation",
        certificate=said,
        named=facts["named"],
        quotes_missing=missing,
        unapproved=_unapproved(row),
        is_source=document is not None,
        publisher=document.publisher if document else "",
        published=document.published_date if document else None,
        changed=changed or "",
        days=[document.published_date] if document and document.published_date else [],
    )


def _unapproved(row: Row) -> int:
    """Return how many paragraphs of a declaration stand that nobody approved."""
    if row.exhibit.declaration is None:
        return 0
    standing = row.exhibit.declaration.paragraphs.filter(is_current=True)
    return standing.exclude(status=ParagraphStatus.APPROVED).count()


def in_order(rows: list[Row], order: str) -> list[Exhibit]:
    """Return exhibits as an order of the index has them; those alike stay as they were put."""
    if order == IndexOrder.SOURCE:
        return [row.exhibit for row in sorted(rows, key=lambda row: ORDER_OF_PARTS.index(row.exhibit.part))]
    if order == IndexOrder.TIME:
        return [row.exhibit for row in sorted(rows, key=_day)]
    if order in (IndexOrder.THEME, IndexOrder.ARGUED):
        return [
            row.exhibit for row in sorted(rows, key=lambda row: str(row.about.get("theme", "")).casefold())
        ]
    return [row.exhibit for row in rows]


def _day(row: Row) -> str:
    """Return what exhibits are put in order by; one without a day stands at the end."""
    document = row.document
    day = str(document.published_date or "") if document else str(row.about.get("day", ""))
    return day or "9999"


def index_docx(page: Opened) -> bytes:
    """Return the index as a Word table, with the pages of the last good build."""
    numbers = numbers_of(page.made)
    pins = page.made.get("pincites", {})
    rows = [["Tab", "Exhibit, source, what it shows", "Pages"]]
    for row in page.rows:
        document = row.document
        about = [row.title, str(row.about.get("says", ""))]
        if document:
            about.insert(1, ", ".join(filter(None, (document.publisher, day_of(document), document.url))))
        about += [
            f"“{c.exact}” (p. {span(pins.get(c.pk.hex, []))})" for c in row.citations if pins.get(c.pk.hex)
        ]
        rows.append([row.tab, "\n".join(filter(None, about)), span(numbers.get(row.key, []))])
    return table("Exhibit list and table of contents", rows)


def brief_docx(page: Opened) -> bytes:
    """Return a brief's table: each point of the claim with the exhibits that bear on it, cited by page."""
    pins = page.made.get("pincites", {})
    points = {c.claim_point_id: c.claim_point for row in page.rows for c in row.citations}
    words = open_many(points.values(), "assertion", purpose=PURPOSE)
    rows = [["What is stated", "Evidence"]]
    for pk in points:
        beside = [
            _cited(row, citation, pins)
            for row in page.rows
            for citation in row.citations
            if citation.claim_point_id == pk
        ]
        rows.append([words[pk].assertion, "\n".join(beside)])
    return table("Evidence by point", rows)


def _cited(row: Row, citation: Citation, pins: dict[str, list[str]]) -> str:
    at = span(pins.get(citation.pk.hex, []))
    contrary = "Contrary: " if citation.relation == Relation.ADVERSE else ""
    return f"{contrary}Ex. {row.tab}{f' at {at}' if at else ''}, {row.title}: “{citation.exact}”"

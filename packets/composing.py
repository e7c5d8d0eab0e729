"""A packet's rows as what the engine binds: exhibits with their files, the cover, the argued index."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from conflicts.models import Party, PartyRole
from evidence import originals
from evidence.models import Citation, CitationStatus, Document, Relation, Snapshot
from evidence.queries.claims import is_intact
from evidence.rules.court_style import MONTHS
from foundation.files import kinds
from foundation.files.actions import open_file
from foundation.files.models import StoredFile
from foundation.vault.opening import open_many, open_one
from packets.declaration_models import Declaration, ParagraphStatus
from packets.making import parts
from packets.making.front import printed
from packets.making.numbering import tabs
from packets.making.readying import ExhibitFailed
from packets.models import Exhibit, FoundText, How, IndexOrder, LodgingStatus, Packet, Part, TextStatus
from packets.rules.certificates import HEADINGS, certificate

PURPOSE = "packet"
PDF = "application/pdf"
COURT = (
    "UNITED STATES DEPARTMENT OF JUSTICE",
    "EXECUTIVE OFFICE FOR IMMIGRATION REVIEW",
    "IMMIGRATION COURT",
)
THIRD = {PartyRole.FAMILY, PartyRole.FEARED, PartyRole.HELPER, PartyRole.SPONSOR, PartyRole.OTHER_NAME}
SHORT = "Short quotation. The whole is at the address above."
DECLARATION = "DECLARATION OF {who}"
# 28 USC 1746(2): within the United States. [to verify] by a lawyer, as the certificates are.
PERJURY = "I declare under penalty of perjury that the foregoing is true and correct."
SIGNATURE = (
    "Executed on ____________________ at ____________________\n\n\n______________________________\nSignature"
)
ARABIC = ("\u0600", "\u06ff")


@dataclass(frozen=True)
class Row:
    """An exhibit with what an attorney wrote of it, its tab and its citations."""

    exhibit: Exhibit
    about: dict[str, Any]
    tab: str
    citations: list[Citation]

    @property
    def key(self) -> str:
        return self.exhibit.root.hex

    @property
    def document(self) -> Document | None:
        return self.exhibit.snapshot.document if self.exhibit.snapshot else None

    @property
    def title(self) -> str:
        return str(
            self.about.get("title")
            or (self.document.title if self.document else self.exhibit.get_part_display())
        )


def rows_of(packet: Packet) -> list[Row]:
    """Open the exhibits of a packet in order, each with the citations that are to be seen on it."""
    exhibits = list(
        packet.exhibits.select_related("snapshot__document", "upload__rebuilt", "declaration").order_by(
            "place"
        )
    )
    abouts = open_many(exhibits, "about", purpose=PURPOSE)
    cited: dict[Any, list[Citation]] = {}
    live = Citation.objects.filter(case_id=packet.case_id).exclude(status=CitationStatus.WITHDRAWN)
    for citation in live.select_related("snapshot", "passage__snapshot", "claim_point"):
        if is_intact(citation):
            cited.setdefault(citation.snapshot_id, []).append(citation)
    filed = [exhibit.tab for exhibit in exhibits] if packet.keeps_numbers else [""] * len(exhibits)
    return [
        Row(exhibit, abouts[exhibit.pk].about, tab, _shown(exhibit, cited.get(exhibit.snapshot_id, [])))
        for exhibit, tab in zip(exhibits, tabs(filed), strict=True)
    ]


def _shown(exhibit: Exhibit, citations: list[Citation]) -> list[Citation]:
    """Return the citations that go into the index: an adverse one only where an attorney confirmed it."""
    return [c for c in citations if c.relation != Relation.ADVERSE or str(c.pk) in exhibit.adverse]


@transaction.atomic
def composed(packet: Packet) -> tuple[parts.Packet, list[Row]]:
    """Return a packet as the engine binds it, and its rows."""
    rows = rows_of(packet)
    cover = open_one(packet, "cover", purpose=PURPOSE).cover
    names = _third_persons(packet, cover)
    said = _said(packet)
    exhibits = tuple(
        replace(made, said=said.get(row.exhibit.upload_id or row.exhibit.snapshot_id) or {})
        for row in rows
        for made in [_exhibit(row, packet, names)]
    )
    argued = _argued(rows) if packet.order == IndexOrder.ARGUED else ()
    whole = parts.Packet(_cover(cover), exhibits, argued, _service(cover, packet), _kept(packet))
    return whole, rows


def _cover(said: dict[str, Any]) -> parts.Cover:
    people = [line.partition("|") for line in said.get("respondents", "").splitlines() if line.strip()]
    court = tuple(line for line in (*COURT, said.get("court", "").strip().upper()) if line)
    plain = {name: said.get(name, "") for name in ("custody", "proceeding", "judge", "hearing", "title")}
    return parts.Cover(
        filer=tuple(line for line in said.get("filer", "").splitlines() if line.strip()),
        court=court,
        respondents=tuple((name.strip(), number.strip()) for name, _bar, number in people),
        **plain,
    )


def _service(said: dict[str, Any], packet: Packet) -> tuple[str, ...]:
    """Return the proof of service; none where nobody is to be served on paper (both sides in ECAS)."""
    if not said.get("served_to", "").strip():
        return ()
    who, how = said.get("served_by", "").strip() or "_" * 24, said.get("served_how", "").strip() or "_" * 24
    whom = ", ".join(line.strip() for line in said["served_to"].splitlines() if line.strip())
    what = said.get("title", "").strip() or "these exhibits"
    return (
        f"On the date below I, {who}, served a copy of {what} and all that goes with it on {whom}, by {how}.",
    )


def _kept(packet: Packet) -> dict[str, list[str]]:
    """Return the numbers of what this packet follows, where it keeps them."""
    if not packet.keeps_numbers or packet.follows is None:
        return {}
    lodging = packet.follows.lodgings.exclude(status=LodgingStatus.REJECTED).select_related("build").first()
    if lodging is None:
        return {}
    kept: dict[str, list[str]] = {}
    for page in open_one(lodging.build, "made", purpose=PURPOSE).made["pages"]:
        kept.setdefault(page["part"], []).append(page["label"])
    return kept


def _exhibit(row: Row, packet: Packet, names: dict[str, str]) -> parts.Exhibit:
    load, kind, is_clean = _file(row)
    said, document = row.about.get("certificate") or {}, row.document
    made = None
    if said.get("kind") in HEADINGS:
        paper = certificate(said, row.title)
        made = parts.Certificate(said["kind"], paper.heading, paper.lines, paper.signer)
    pages = row.about.get("pages") or None
    if row.exhibit.how == How.EXCERPT and kind == "pdf" and not is_clean and not pages:
        pages = sorted({1, *(c.passage.page for c in row.citations if c.passage.page)})
    return parts.Exhibit(
        key=row.key,
        tab=row.tab,
        title=row.title,
        load=load,
        kind=kind,
        is_clean=is_clean,
        pages=tuple(pages) if pages and row.exhibit.how == How.EXCERPT and not is_clean else None,
        words=tuple(row.about.get("words") or ()),
        boxes=tuple((int(page), *map(float, box)) for page, *box in row.about.get("boxes") or ()),  # type: ignore[misc]
        names=names,
        source=document.publisher if document else "",
        day=day_of(document) if document else row.about.get("day", ""),
        address=document.url if document else "",
        accessed=_accessed(row.exhibit.snapshot),
        how={How.EXCERPT: "Excerpt", How.LINK: "Link"}.get(How(row.exhibit.how), ""),
        shows=_shows(row),
        group=_group(row, packet.order),
        certificate=made,
    )


def _shows(row: Row) -> tuple[parts.Shown, ...]:
    says = [parts.Shown(says=row.about["says"])] if row.about.get("says") else []
    quotes = [
        parts.Shown(key=c.pk.hex, exact=c.exact, before=c.prefix, after=c.suffix, near=c.passage.page)
        for c in row.citations
    ]
    return tuple([*says, *quotes])


def _group(row: Row, order: str) -> str:
    if order == IndexOrder.SOURCE:
        return str(Part(row.exhibit.part).label)
    return str(row.about.get("theme", "")) if order in (IndexOrder.THEME, IndexOrder.ARGUED) else ""


def _file(row: Row) -> tuple[Callable[[], bytes] | None, str, bool]:
    """Return what loads an exhibit's file, its kind, and whether it is a print of our own."""
    load, kind, is_clean = file_of(row.exhibit)
    return (
        (load, kind, is_clean) if load or row.exhibit.how == How.LINK else (partial(_print, row), kind, True)
    )


def file_of(exhibit: Exhibit) -> tuple[Callable[[], bytes] | None, str, bool]:
    """Return what loads an exhibit's file, None where it has none; its kind; whether it is our own."""
    if exhibit.how == How.LINK:
        return None, "pdf", True
    if exhibit.upload:
        stored = exhibit.upload.rebuilt
        if stored is None:
            return partial(_gone, exhibit.root.hex), "pdf", False
        kind = kinds.of_type(open_one(stored, "content_type", purpose=PURPOSE).content_type).code
        return partial(_sealed, stored), kind, False
    snapshot = exhibit.snapshot
    if exhibit.declaration_id:
        return None, "pdf", True
    if snapshot is None:  # the row holds one or the other (a constraint)
        return partial(_gone, exhibit.root.hex), "pdf", False
    if snapshot.original_type == PDF and originals.path_of(snapshot.original_sha256).exists():
        return originals.path_of(snapshot.original_sha256).read_bytes, "pdf", False
    return None, "pdf", True


def _said(packet: Packet) -> dict[Any, dict[str, Any]]:
    """Return what was recognized on the pages of this matter's files, by the file or source."""
    read = FoundText.objects.filter(matter_id=packet.matter_id, status=TextStatus.READ)
    rows = list(
        read.filter(
            Q(upload__in=packet.exhibits.values("upload"))
            | Q(snapshot__in=packet.exhibits.values("snapshot"))
        )
    )
    words = open_many(rows, "said", purpose=PURPOSE)
    return {row.upload_id or row.snapshot_id: words[row.pk].said for row in rows}


def _gone(key: str) -> bytes:
    raise ExhibitFailed(key, "gone")


def _sealed(stored: StoredFile) -> bytes:
    with transaction.atomic():
        return b"".join(open_file(stored, purpose=PURPOSE))


def _print(row: Row) -> bytes:
    """Return a source as a print: its text, or only what is quoted of it with the address of the whole."""
    if row.exhibit.declaration:
        return declared(row.exhibit.declaration)
    snapshot, document = row.exhibit.snapshot, row.document
    if snapshot is None or document is None:
        raise ExhibitFailed(row.key, "gone")
    accessed = _accessed(snapshot)
    head = [document.publisher, day_of(document), document.url, f"Accessed {accessed}" if accessed else ""]
    if row.exhibit.how == How.EXCERPT or snapshot.capture == "excerpt":
        paragraphs, note = [f"“{c.exact.strip('“”')}”" for c in row.citations], SHORT
    else:
        paragraphs, note = [line for line in snapshot.text.split("\n") if line.strip()], ""
    is_rtl = any(ARABIC[0] <= letter <= ARABIC[1] for letter in document.title)
    return printed(document.title, list(filter(None, head)), paragraphs, note=note, is_rtl=is_rtl)


@transaction.atomic
def declared(declaration: Declaration) -> bytes:
    """Return a declaration as a print: its approved paragraphs, numbered, and where it is signed."""
    about = open_one(declaration, "about", purpose=PURPOSE).about
    standing = declaration.paragraphs.filter(is_current=True, status=ParagraphStatus.APPROVED)
    rows = list(standing.order_by("place"))
    words = open_many(rows, "english", purpose=PURPOSE)
    numbered = [f"{n}. {words[row.pk].english}" for n, row in enumerate(rows, 1)]
    who = about.get("who", "").strip()
    head = [f"I, {who or '_' * 24}, declare:"]
    return printed(DECLARATION.format(who=who.upper()).strip(), head, [*numbered, PERJURY, SIGNATURE])


def day_of(document: Document) -> str:
    """Return the day of a source as courts write it, as far as it is known."""
    when = document.published_date
    if when is None:
        return ""
    if document.published_precision == "year":
        return str(when.year)
    month = MONTHS[when.month - 1]
    return f"{month} {when.year}" if document.published_precision == "month" else court_day(when)


def court_day(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def _accessed(snapshot: Snapshot | None) -> str:
    if snapshot is None or not snapshot.document.url:
        return ""
    return court_day(snapshot.captured_at.date())


def _third_persons(packet: Packet, cover: dict[str, Any]) -> dict[str, str]:
    """Return the names of others in the matter that the cover does not name: to be looked for."""
    rows = list(Party.objects.filter(matter_id=packet.matter_id, removed_at=None, details__isnull=False))
    opened = open_many(rows, "details", purpose=PURPOSE, shown=False)
    told = cover.get("respondents", "").casefold()
    found = {}
    for place, row in enumerate(rows):
        role, name = opened[row.pk].details.get("role", ""), opened[row.pk].details.get("name", "")
        if role in THIRD and len(name) > 3 and name.casefold() not in told:
            found[f"{role}:{place}"] = name
    return found


def _argued(rows: list[Row]) -> tuple[parts.Argued, ...]:
    """Return each point of the claim with what stands beside it in this packet."""
    beside: dict[Any, list[tuple[str, str, bool]]] = {}
    points = {}
    for row in rows:
        for c in row.citations:
            points[c.claim_point_id] = c.claim_point
            beside.setdefault(c.claim_point_id, []).append(
                (row.tab, c.pk.hex, c.relation == Relation.ADVERSE)
            )
    words = open_many(points.values(), "assertion", purpose=PURPOSE)
    return tuple(parts.Argued(words[pk].assertion, tuple(cited)) for pk, cited in beside.items())

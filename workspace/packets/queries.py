"""The page of a packet, and what can be put in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from evidence.access import documents_visible_to
from evidence.models import Citation, CitationStatus, Relation, Snapshot
from foundation.accounts.models import User
from foundation.badges import Badge
from foundation.vault.opening import open_many, open_one
from intake.queries import NAME, full_name
from packets.access import may_compose
from packets.models import Exhibit, Lodging, LodgingStatus, Packet, PacketStatus
from packets.queries import (
    BuildCard,
    ExhibitLine,
    RemarkLine,
    TextCard,
    build_card,
    lines_of,
    opened,
    remarks_of,
    text_card,
)
from workspace.head import Head, head_of
from workspace.papers.lines import paper_lines

PURPOSE = "packet"
MOST_SOURCES = 200


@dataclass(frozen=True)
class LodgingLine:
    """One filing of a packet, opened."""

    id: Any
    method: str
    filed_on: date
    confirmation: str
    service: str
    served_on: date | None
    why_back: str
    by: str
    status: Badge
    is_open: bool


@dataclass(frozen=True)
class PacketPage:
    """A packet for one reader. `can_change` while it is put together, by the attorney of the matter."""

    head: Head
    id: Any
    title: str
    status: Badge
    exhibits: list[ExhibitLine]
    build: BuildCard | None
    texts: TextCard | None
    remarks: list[RemarkLine]
    lodgings: list[LodgingLine]
    can_change: bool
    can_thaw: bool
    can_file: bool
    can_follow: bool
    filing_due: date | None


def packet_page(packet: Packet, *, user: User, today: date) -> PacketPage:
    """Open a packet for one reader."""
    page, may = opened(packet), may_compose(user, packet.case)
    status = PacketStatus(packet.status)
    card = build_card(page)
    return PacketPage(
        head=head_of(packet.case),
        id=packet.pk,
        title=title_of(packet),
        status=status.badge,
        exhibits=lines_of(page),
        build=card,
        texts=text_card(page),
        remarks=remarks_of(page, today=today),
        lodgings=_lodgings(packet),
        can_change=may and status == PacketStatus.WORKING,
        can_thaw=may and status == PacketStatus.FROZEN,
        can_file=may and status == PacketStatus.FROZEN and card is not None and card.is_current,
        can_follow=may and status == PacketStatus.FILED,
        filing_due=packet.filing_due,
    )


def title_of(packet: Packet) -> str:
    return str(open_one(packet, "cover", purpose=PURPOSE).cover.get("title", "")) or _(
        "A packet without a title"
    )


def _lodgings(packet: Packet) -> list[LodgingLine]:
    rows = list(packet.lodgings.select_related("by"))
    words = open_many(rows, "confirmation", "service", "why_back", purpose=PURPOSE)
    return [_lodging(row, words[row.pk]) for row in rows]


def _lodging(row: Lodging, words: Any) -> LodgingLine:
    return LodgingLine(
        id=row.pk,
        method=str(row.get_method_display()),
        filed_on=row.filed_on,
        confirmation=words.confirmation,
        service=words.service,
        served_on=row.served_on,
        why_back=words.why_back,
        by=row.by.name,
        status=LodgingStatus(row.status).badge,
        is_open=row.status == LodgingStatus.SENT,
    )


def choices_of(packet: Packet, user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be put in: files that are ready, sources cited in this case, other sources."""
    files = [
        (f"upload:{one.id}", f"{one.label or _('A file')} · {one.kind_words}")
        for one in paper_lines(packet.case, purpose=PURPOSE)
        if one.is_ready and one.counts
    ]
    cited = set(
        Citation.objects.filter(case=packet.case)
        .exclude(status=CitationStatus.WITHDRAWN)
        .values_list("snapshot_id", flat=True)
    )
    kept = Snapshot.objects.filter(document__in=documents_visible_to(user)).select_related("document")
    newest = kept.order_by("document_id", "-captured_at").distinct("document_id").values("pk")
    sources = [
        (one.pk in cited, f"snapshot:{one.pk}", one.document.title[:120])
        for one in kept.filter(pk__in=[*newest[:MOST_SOURCES].values_list("pk", flat=True), *cited])
    ]
    declarations = list(packet.case.declarations.all())
    abouts = open_many(declarations, "about", purpose=PURPOSE)
    declared = [(f"declaration:{one.pk}", abouts[one.pk].about.get("who", "")) for one in declarations]
    groups = [
        (_("Declarations"), declared),
        (_("Files of this case"), files),
        (_("Sources cited in this case"), [(key, words) for is_cited, key, words in sources if is_cited]),
        (
            _("Other sources of the library"),
            [(key, words) for is_cited, key, words in sources if not is_cited],
        ),
    ]
    return [(heading, listed) for heading, listed in groups if listed]


def adverse_of(exhibit: Exhibit) -> list[tuple[str, str]]:
    """Return the adverse citations of an exhibit's source in this case, to be confirmed one by one."""
    if exhibit.snapshot_id is None:
        return []
    live = Citation.objects.filter(case_id=exhibit.packet.case_id, snapshot_id=exhibit.snapshot_id)
    rows = live.filter(relation=Relation.ADVERSE).exclude(status=CitationStatus.WITHDRAWN)
    return [(str(row.pk), row.exact[:160]) for row in rows]


def cover_for(case: Case, user: User) -> dict[str, str]:
    """Return what a new packet's cover begins with: what is known already."""
    person = full_name(open_one(case.applicant, *NAME, purpose=PURPOSE))
    begin = {"title": "RESPONDENT'S EXHIBITS", "proceeding": "In removal proceedings"}
    return {
        **begin,
        "filer": "\n".join(filter(None, (user.name, case.office.address))),
        "respondents": person,
    }

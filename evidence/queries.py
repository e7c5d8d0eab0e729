"""Reads over the library and a case's citations."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet

from cases.models import Case
from evidence.access import citations_visible_to, documents_visible_to
from evidence.models import (
    Citation,
    CitationStatus,
    ClaimPoint,
    Document,
    Element,
    Ground,
    Link,
    LinkCheck,
    LinkStatus,
    Passage,
    Report,
    ReportPassage,
    ShelfCount,
    Snapshot,
)
from evidence.rules.court_style import Source, cite
from evidence.rules.likeness import Counterpart, Words, counterpart, numbers_changed
from evidence.search import Results, search_shelf
from foundation.accounts.models import User
from foundation.vault.opening import open_many


def library(user: User, *, words: str = "", country: str = "") -> QuerySet[Document]:
    """Return the office's sources, newest publication first, filtered by words and country (ISO alpha-3)."""
    documents = documents_visible_to(user)
    if country:
        documents = documents.filter(countries__contains=[country])
    if words:
        text = SearchVector("title", "publisher", "snapshots__text", config="english")
        query = SearchQuery(words, search_type="websearch", config="english")
        matching = documents.annotate(search=text).filter(search=query).values("pk")
        documents = documents.filter(pk__in=matching)
    return documents.order_by("-published_date", "-added_at")


def countries_in_library(user: User) -> list[str]:
    """Return the ISO alpha-3 codes that occur in the office's library or on the shelf."""
    codes = {
        code for codes in documents_visible_to(user).values_list("countries", flat=True) for code in codes
    }
    return sorted(codes | set(ShelfCount.objects.exclude(iso3="").values_list("iso3", flat=True)))


def latest_snapshot(document: Document) -> Snapshot:
    """Return the newest kept text of a source."""
    return document.snapshots.order_by("-captured_at")[0]


def passages_of(snapshot: Snapshot) -> list[Passage]:
    """Return a snapshot's passages in reading order."""
    passages = list(snapshot.passages.all())
    for passage in passages:
        passage.snapshot = snapshot  # one text in memory, not one query each
    return passages


def is_intact(citation: Citation) -> bool:
    """Tell whether the frozen quotation is still, letter for letter, what the stored source says."""
    text = citation.snapshot.text
    hashed = hashlib.sha256(text.encode()).hexdigest()
    in_place = text[citation.start : citation.end] == citation.exact
    return in_place and hashed == citation.sha256 == citation.snapshot.sha256


@dataclass(frozen=True)
class Cited:
    """A live citation with its note, opened, and the words to paste into a brief."""

    citation: Citation
    note: str
    court: str = ""


@dataclass(frozen=True)
class CitedPoint:
    """A claim point, opened, with its live citations; `locked` ones failed the quote lock."""

    point: ClaimPoint
    ground: Any
    assertion: str
    citations: list[Cited]
    locked: list[Citation]


def cited_points(case: Case) -> list[CitedPoint]:
    """Return a case's claim points, each with the citations that may be rendered."""
    points = list(ClaimPoint.objects.filter(case=case))
    live = list(
        Citation.objects.filter(case=case)
        .exclude(status=CitationStatus.WITHDRAWN)
        .select_related("snapshot__document", "passage", "cited_by")
    )
    words = open_many(points, "ground", "assertion", purpose="case page")
    notes = open_many(live, "note", purpose="case page")
    shown: dict[object, list[Cited]] = {}
    locked: dict[object, list[Citation]] = {}
    for citation in live:
        if is_intact(citation):
            cited = Cited(citation, notes[citation.pk].note, court_citation(citation))
            shown.setdefault(citation.claim_point_id, []).append(cited)
        else:
            locked.setdefault(citation.claim_point_id, []).append(citation)
    return [
        CitedPoint(
            point,
            Ground(words[point.pk].ground).label,
            words[point.pk].assertion,
            shown.get(point.pk, []),
            locked.get(point.pk, []),
        )
        for point in points
    ]


def point_labels(points: Iterable[ClaimPoint]) -> dict[Any, str]:
    """Return {key: "reference · assertion"} of claim points, to choose one by."""
    found = list(points)
    words = open_many(found, "assertion", purpose="cite")
    return {point.pk: f"{point.case.reference} · {words[point.pk].assertion}" for point in found}


def links_of(user: User) -> list[Link]:
    """Return the office's pages that wait to be fetched or were not, the latest five."""
    open_links = Link.objects.filter(office=user.office).exclude(status=LinkStatus.KEPT)
    return list(open_links.order_by("-asked_at")[:5])


def editions_of(report: Report) -> list[Report]:
    """Return the editions of a report, the newest first: the same series on the same country."""
    return list(Report.objects.filter(series=report.series, iso3=report.iso3).order_by("-year", "slug"))


@dataclass(frozen=True)
class Descendant:
    """What became of a passage in one edition, with the numbers that differ and the passage there."""

    edition: Report
    kind: str
    alike: int
    passage: ReportPassage | None
    numbers: list[tuple[str, str]]


def lineage_of(passage: ReportPassage) -> list[Descendant]:
    """Follow a passage through the editions of its report, the newest first."""
    texts: dict[int, list[tuple[int, Words]]] = {}
    editions = editions_of(passage.report)
    rows = ReportPassage.objects.filter(report__in=editions).values_list("report_id", "pk", "text")
    for report_id, key, text in rows:
        texts.setdefault(report_id, []).append((key, Words.of(text)))
    words = Words.of(passage.text)
    matches = [(edition, counterpart(words, texts.get(edition.pk, []))) for edition in editions]
    keys = [match.key for _edition, match in matches if match.key is not None]
    there = {p.pk: p for p in ReportPassage.objects.filter(pk__in=keys).defer("tsv")}
    return [_descendant(passage, edition, match, there) for edition, match in matches]


def _descendant(
    passage: ReportPassage, edition: Report, match: Counterpart, there: dict[int, ReportPassage]
) -> Descendant:
    other = there.get(match.key) if match.key is not None else None
    numbers = numbers_changed(passage.text, other.text) if other else []
    return Descendant(edition, match.kind, match.alike, other, numbers)


@dataclass(frozen=True)
class MatrixRow:
    """What one point rests on. `sources` counts those behind the publishers, each once."""

    cited: CitedPoint
    element: str
    supports: int
    adverse: int
    sources: list[str]
    oldest: int | None
    newest: int | None


def matrix_of(case: Case, today: date) -> list[MatrixRow]:
    """Return a case's points with what supports each and what speaks against it; ages in whole years."""
    points = cited_points(case)
    parts = open_many([cited.point for cited in points], "parts", purpose="matrix")
    return [_matrix_row(cited, parts[cited.point.pk].parts or {}, today) for cited in points]


def _matrix_row(cited: CitedPoint, parts: dict[str, str], today: date) -> MatrixRow:
    supports = [one.citation for one in cited.citations if one.citation.relation == "supports"]
    days = [day for c in supports if (day := c.snapshot.document.published_date)]
    ages = sorted((today - day).days // 365 for day in days)
    element = parts.get("element", "")
    return MatrixRow(
        cited,
        str(Element(element).label) if element else "",
        len(supports),
        sum(one.citation.relation == "adverse" for one in cited.citations),
        sorted({origin_of(citation) for citation in supports}),
        ages[-1] if ages else None,
        ages[0] if ages else None,
    )


def origin_of(citation: Citation) -> str:
    """Return whose knowledge a citation rests on: the one quoted, else the publisher.

    Two newspapers that quote one organization are one source.
    """
    return citation.passage.affiliation or citation.snapshot.document.publisher


def court_citation(citation: Citation) -> str:
    """Return a citation ready to paste."""
    document, passage = citation.snapshot.document, citation.passage
    page = passage.page
    speaker = ", ".join(part for part in (passage.speaker, passage.affiliation) if part)
    return cite(
        Source(
            kind=document.kind,
            title=document.title,
            publisher=document.publisher,
            published=document.published_date,
            precision=document.published_precision,
            url=document.url,
            pincite=citation.pincite or (str(page) if page else ""),
            speaker=speaker,
        )
    )


def suggestions_for(point: ClaimPoint) -> tuple[str, Results]:
    """Return the words a point is searched by, and the passages of the shelf that answer them."""
    opened = open_many([point], "assertion", "parts", purpose="suggest")[point.pk]
    parts = opened.parts or {}
    words = " ".join([opened.assertion, *(parts.get(name, "") for name in ("harm", "actor", "place"))])
    return words, search_shelf(words)


@dataclass(frozen=True)
class Drifted:
    """A source that is no longer as kept, and which visible cases cite a passage that differs."""

    check: LinkCheck
    cases: list[Case]


def drifted(user: User) -> list[Drifted]:
    """Return the newest check of each source where it was not the same, the latest first."""
    newest = (
        LinkCheck.objects.filter(document__in=documents_visible_to(user))
        .order_by("document_id", "-checked_at")
        .distinct("document_id")
        .select_related("document")
    )
    found = sorted((c for c in newest if c.seen != "same"), key=lambda c: c.checked_at, reverse=True)
    live = citations_visible_to(user).exclude(status=CitationStatus.WITHDRAWN)
    citing = list(
        live.filter(snapshot__document__in=[c.document_id for c in found]).select_related(
            "case", "passage", "snapshot"
        )
    )
    return [Drifted(check, _touched(check, citing)) for check in found]


def _touched(check: LinkCheck, citing: list[Citation]) -> list[Case]:
    differing = {entry["n"] for entry in check.passages}
    whole_page = check.seen in ("gone", "soft_404")
    cases = {
        c.case.pk: c.case
        for c in citing
        if c.passage.snapshot_id == c.snapshot_id and (whole_page or c.passage.n in differing)
        if c.snapshot.document_id == check.document_id
    }
    return list(cases.values())

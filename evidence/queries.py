"""Reads over the library and a case's citations."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet

from cases.models import Case
from evidence.access import documents_visible_to
from evidence.models import Citation, CitationStatus, ClaimPoint, Document, Ground, Passage, Snapshot
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
    """Return the ISO alpha-3 codes that occur in the office's library."""
    codes = {
        code for codes in documents_visible_to(user).values_list("countries", flat=True) for code in codes
    }
    return sorted(codes)


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
    """A live citation with its note, opened."""

    citation: Citation
    note: str


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
            cited = Cited(citation, notes[citation.pk].note)
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

"""What a case rests on: its points, what is cited for each, and what might be."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from cases.access import visible_to as visible_cases
from cases.facts import deadline_facts_of, known_of
from cases.models import Case
from evidence.models import Citation, CitationStatus, ClaimPoint, Element, Ground, Passage
from evidence.rules.adverse import against
from evidence.rules.court_style import Source, cite
from evidence.search.lexemes import START, STOP
from evidence.search.office import OfficeHit, search_office
from evidence.search.shelf import Filters, Hit, search_shelf
from evidence.words import against_words, age_words
from foundation.accounts.models import User
from foundation.vault.opening import open_many


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


def cited_point(point: ClaimPoint) -> CitedPoint:
    """Return one claim point with the citations that may be rendered."""
    return next(iter(cited_points(point.case, of=[point])))


def cited_points(case: Case, *, of: list[ClaimPoint] | None = None) -> list[CitedPoint]:
    """Return a case's claim points, or some of them, each with the citations that may be rendered."""
    points = list(ClaimPoint.objects.filter(case=case)) if of is None else of
    live = list(
        Citation.objects.filter(case=case, claim_point__in=points)
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


def points_of(user: User) -> QuerySet[ClaimPoint]:
    """Return the claim points of the cases this person may see."""
    points = ClaimPoint.objects.filter(case__in=visible_cases(user))
    return points.select_related("case").order_by("case_id", "added_at")


def gaps_of(cases: Iterable[Case]) -> dict[Any, int]:
    """Return how many assertions of each of these cases nobody has found a source for: {case: number}."""
    cited = Citation.objects.exclude(status=CitationStatus.WITHDRAWN).values("claim_point")
    open_ones = ClaimPoint.objects.filter(case__in=list(cases)).exclude(pk__in=cited).order_by()
    return dict(open_ones.values_list("case").annotate(n=Count("pk")))


def point_labels(points: Iterable[ClaimPoint]) -> dict[Any, str]:
    """Return {key: "reference · assertion"} of claim points, to choose one by."""
    listed = list(points)
    words = open_many(listed, "assertion", purpose="cite")
    return {point.pk: f"{point.case.reference} · {words[point.pk].assertion}" for point in listed}


@dataclass(frozen=True)
class Weighed:
    """A citation with how old its source is on the day that counts."""

    cited: Cited
    age: str


@dataclass(frozen=True)
class MatrixRow:
    """What one point rests on. `sources` names those behind the publishers, each once."""

    cited: CitedPoint
    element: str
    supports: int
    adverse: int
    sources: list[str]
    weighed: list[Weighed]


def hearing_of(case: Case, today: date) -> date | None:
    """Return the day of the individual hearing, where it is known."""
    known = known_of([case], purpose="matrix")[case.pk]
    hearing = deadline_facts_of(known, on=today).individual_hearing
    return hearing.first_day() if hearing else None


def matrix_of(case: Case, *, today: date, hearing: date | None) -> list[MatrixRow]:
    """Return a case's points with what supports each, what speaks against it, and how old that is."""
    points = cited_points(case)
    parts = open_many([cited.point for cited in points], "parts", purpose="matrix")
    origins = origins_of([cited_passage.citation for cited in points for cited_passage in cited.citations])
    return [
        _matrix_row(cited, parts[cited.point.pk].parts or {}, origins, hearing or today, bool(hearing))
        for cited in points
    ]


def _matrix_row(
    cited: CitedPoint, parts: dict[str, str], origins: dict[Any, set[str]], on: date, hearing: bool
) -> MatrixRow:
    supports = [shown.citation for shown in cited.citations if shown.citation.relation == "supports"]
    element = parts.get("element", "")
    weighed = []
    for shown in cited.citations:
        day = shown.citation.snapshot.document.published_date
        weighed.append(Weighed(shown, age_words((on - day).days, hearing=hearing) if day else ""))
    return MatrixRow(
        cited,
        str(Element(element).label) if element else "",
        len(supports),
        sum(shown.citation.relation == "adverse" for shown in cited.citations),
        sorted({origin for citation in supports for origin in origins[citation.pk]}),
        weighed,
    )


def origins_of(citations: Iterable[Citation]) -> dict[Any, set[str]]:
    """Return whose knowledge each citation rests on: the one quoted in it, else the publisher.

    Two newspapers that quote one organization are one source.
    """
    listed = list(citations)
    quoted = list(
        Passage.objects.filter(snapshot__in={c.snapshot_id for c in listed}, kind="quotation")
        .exclude(affiliation="")
        .values_list("snapshot_id", "start", "end", "affiliation")
    )
    return {
        c.pk: {
            plain_name(affiliation)
            for snapshot, start, end, affiliation in quoted
            if snapshot == c.snapshot_id and c.start <= start and end <= c.end
        }
        or {plain_name(c.snapshot.document.publisher)}
        for c in listed
    }


def plain_name(name: str) -> str:
    """Return an organization's name as it is counted: the article and spaces do not make another one."""
    return " ".join(name.split()).removeprefix("The ").removeprefix("the ")


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


@dataclass(frozen=True)
class Suggested:
    """A passage of the shelf with the reason it is shown."""

    hit: Hit
    reason: list[str]


@dataclass(frozen=True)
class Suggestions:
    """What may help a point, what may be held against it, and the words it was searched by."""

    asked: str
    helping: list[Suggested]
    captured: list[OfficeHit]
    adverse: list[Suggested]


def suggestions_for(point: ClaimPoint, user: User, *, words: str = "") -> Suggestions:
    """Search the shelf and the office's sources for what a point says, with the reason for each passage.

    Where somebody gave `words`, they are searched for in place of the point's own.
    """
    opened = open_many([point], "assertion", "parts", purpose="suggest")[point.pk]
    parts = opened.parts or {}
    words = words or " ".join(
        [opened.assertion, *(parts.get(name, "") for name in ("harm", "actor", "place"))]
    )
    years = sorted(int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", parts.get("period", "")))
    period = Filters(first_year=years[0], last_year=years[-1] + 1) if years else Filters()
    return Suggestions(
        words,
        [Suggested(hit, _answering(hit, parts)) for hit in search_shelf(words, period).hits],
        search_office(words, user, limit=5),
        [
            Suggested(hit, against_words(against(hit.passage.text)))
            for hit in search_shelf(words, period, only=against, limit=5).hits
        ],
    )


def _answering(hit: Hit, parts: dict[str, str]) -> list[str]:
    """Return which words of the point a passage has, and its edition where a period was asked."""
    words = dict.fromkeys(word.lower() for word in re.findall(f"{START}(.*?){STOP}", hit.extract))
    return [*list(words)[:8], *([str(hit.passage.year)] if parts.get("period") else [])]

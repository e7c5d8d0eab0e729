"""The points a case has to prove, with what was cited for them."""

import uuid
from dataclasses import dataclass
from datetime import date

from cases.models import Case
from evidence.models import Citation
from evidence.queries.claims import Cited, cited_points
from foundation.badges import Badge


@dataclass(frozen=True)
class Quote:
    """A quotation that passed the quote lock, with where it stands."""

    exact: str
    speaker: str
    document: uuid.UUID
    title: str
    publisher: str
    published_date: date | None
    paragraph: int
    sha256: str


@dataclass(frozen=True)
class CitationLine:
    """One citation: how it bears on the point, its quotation, its note."""

    id: uuid.UUID
    relation: Badge
    quote: Quote
    note: str


@dataclass(frozen=True)
class PointCard:
    """One point with its citations; `withheld` are those whose quotation no longer matches the source."""

    id: uuid.UUID
    ground: str
    assertion: str
    citations: list[CitationLine]
    withheld: list[uuid.UUID]


def points_of(case: Case) -> list[PointCard]:
    """Open a case's points, each with the citations that may be shown."""
    return [
        PointCard(
            point.point.pk,
            str(point.ground),
            point.assertion,
            [_line(cited) for cited in point.citations],
            [citation.pk for citation in point.locked],
        )
        for point in cited_points(case)
    ]


def _line(cited: Cited) -> CitationLine:
    citation = cited.citation
    return CitationLine(citation.pk, citation.relation_badge, quote_of(citation), cited.note)


def quote_of(citation: Citation) -> Quote:
    """Return the words of a citation and where they stand."""
    document, passage = citation.snapshot.document, citation.passage
    return Quote(
        citation.exact,
        ", ".join(part for part in (passage.speaker, passage.affiliation) if part and passage.speaker),
        document.pk,
        document.title,
        document.publisher,
        document.published_date,
        passage.n,
        citation.sha256,
    )

"""What others have published about a country, and the sentences of it that prove a claim."""

from evidence.models.claims import Citation, CitationStatus, ClaimPoint, Element, Ground, Relation
from evidence.models.collections import Collected, Collection
from evidence.models.library import (
    Capture,
    Document,
    DocumentKind,
    Independence,
    Method,
    Passage,
    PassageKind,
    Precision,
    Snapshot,
)
from evidence.models.links import Link, LinkCheck, LinkStatus, Recognition, Seen
from evidence.models.shelf import Lexeme, PassageMeaning, Report, ReportPassage, ShelfCount

__all__ = [
    "Capture",
    "Citation",
    "CitationStatus",
    "ClaimPoint",
    "Collected",
    "Collection",
    "Document",
    "DocumentKind",
    "Element",
    "Ground",
    "Independence",
    "Lexeme",
    "Link",
    "LinkCheck",
    "LinkStatus",
    "Method",
    "Passage",
    "PassageKind",
    "PassageMeaning",
    "Precision",
    "Recognition",
    "Relation",
    "Report",
    "ReportPassage",
    "Seen",
    "ShelfCount",
    "Snapshot",
]

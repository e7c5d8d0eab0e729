"""What a declaration is now: its paragraphs with versions, what each bears on, where tellings differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Case
from evidence.models import Citation, CitationStatus, ClaimPoint
from foundation.badges import Badge
from foundation.vault.opening import open_many, open_one
from intake.queries import narrative_of
from packets.declaration_models import Declaration, Paragraph, ParagraphStatus
from packets.docx import table
from packets.rules.tellings import Difference, differences

PURPOSE = "declaration"


@dataclass(frozen=True)
class Version:
    """One version of a paragraph as it was, with what a reviewer said of it."""

    number: int
    english: str
    original: str
    note: str
    by: str
    at: datetime
    status: Badge


@dataclass(frozen=True)
class ParagraphLine:
    """One paragraph that stands. `points` and `citations` are what it bears on, in words."""

    id: Any
    number: int
    english: str
    original: str
    note: str
    status: Badge
    is_submitted: bool
    points: list[str]
    citations: list[str]
    earlier: list[Version]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Differing:
    """Two places where one thing is told in two ways, with where each stands."""

    here: str
    there: str
    difference: Difference


@dataclass(frozen=True)
class DeclarationPage:
    """A declaration for whoever holds the matter. `differing` is for counsel alone."""

    id: Any
    case: Case
    who: str
    language: str
    paragraphs: list[ParagraphLine]
    drafts: int
    is_approved: bool
    differing: list[Differing]


def page_of(declaration: Declaration, *, for_counsel: bool) -> DeclarationPage:
    """Open a declaration; where tellings differ only for counsel."""
    about = open_one(declaration, "about", purpose=PURPOSE).about
    rows = list(declaration.paragraphs.select_related("by").order_by("place", "-version"))
    words = open_many(rows, "english", "original", "note", purpose=PURPOSE)
    points, citations = choices_of(declaration.case)
    standing = [row for row in rows if row.is_current]
    lines = [
        ParagraphLine(
            id=row.pk,
            number=number,
            english=words[row.pk].english,
            original=words[row.pk].original,
            note=words[row.pk].note,
            status=ParagraphStatus(row.status).badge,
            is_submitted=row.status == ParagraphStatus.SUBMITTED,
            points=[points[pk] for pk in row.points if pk in points],
            citations=[citations[pk] for pk in row.citations if pk in citations],
            earlier=_earlier(rows, row, words),
            is_first=number == 1,
            is_last=number == len(standing),
        )
        for number, row in enumerate(standing, 1)
    ]
    return DeclarationPage(
        id=declaration.pk,
        case=declaration.case,
        who=about.get("who", ""),
        language=about.get("language", ""),
        paragraphs=lines,
        drafts=sum(row.status == ParagraphStatus.DRAFT for row in standing),
        is_approved=bool(standing) and all(row.status == ParagraphStatus.APPROVED for row in standing),
        differing=differing_of(declaration, lines) if for_counsel else [],
    )


def _earlier(rows: Sequence[Paragraph], row: Paragraph, words: Any) -> list[Version]:
    return [
        Version(
            number=one.version,
            english=words[one.pk].english,
            original=words[one.pk].original,
            note=words[one.pk].note,
            by=one.by.name,
            at=one.at,
            status=ParagraphStatus(one.status).badge,
        )
        for one in rows
        if one.root == row.root and not one.is_current
    ]


def choices_of(case: Case) -> tuple[dict[str, str], dict[str, str]]:
    """Return the claim points and the live citations of a case in words, by their key."""
    points = list(ClaimPoint.objects.filter(case=case))
    said = open_many(points, "assertion", purpose=PURPOSE)
    live = Citation.objects.filter(case=case).exclude(status=CitationStatus.WITHDRAWN)
    cited = live.select_related("snapshot__document")
    return (
        {str(point.pk): said[point.pk].assertion for point in points},
        {str(one.pk): f"{one.snapshot.document.title[:80]}: “{one.exact[:120]}”" for one in cited},
    )


def differing_of(declaration: Declaration, lines: Sequence[ParagraphLine]) -> list[Differing]:
    """Return where this declaration tells a thing otherwise than the form, or another declaration, does."""
    others = _other_tellings(declaration)
    return [
        Differing(f"¶ {line.number}", there, difference)
        for line in lines
        for there, telling in others
        for text in filter(None, (line.english, line.original))
        for difference in differences(text, telling)
    ]


def _other_tellings(declaration: Declaration) -> list[tuple[str, str]]:
    """Return what the person wrote in the form, and what other declarations of the case say."""
    told = narrative_of(declaration.case.intake, purpose=PURPOSE)
    tellings = [
        (page, value) for page, values in told.items() for value in values.values() if isinstance(value, str)
    ]
    others = Declaration.objects.filter(case=declaration.case_id).exclude(pk=declaration.pk)
    rows = list(Paragraph.objects.filter(declaration__in=others, is_current=True).order_by("place"))
    words = open_many(rows, "english", "original", purpose=PURPOSE)
    abouts = open_many(list(others), "about", purpose=PURPOSE)
    for row in rows:
        who = abouts[row.declaration_id].about.get("who", "")
        tellings += [(who, text) for text in (words[row.pk].english, words[row.pk].original) if text]
    return tellings


def declaration_docx(page: DeclarationPage) -> bytes:
    """Return a declaration as a Word table: each paragraph with its original beside the English."""
    head = ["No.", "English", page.language or "Original"]
    rows = [[str(line.number), line.english, line.original] for line in page.paragraphs]
    return table(f"Declaration of {page.who}".strip(), [head, *rows])

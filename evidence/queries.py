"""Reads over the library and a case's citations."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.facts import deadline_facts_of, known_of
from cases.models import Case
from evidence.access import citations_visible_to, documents_visible_to, links_visible_to
from evidence.lexemes import START, STOP
from evidence.models import (
    Citation,
    CitationStatus,
    ClaimPoint,
    Collection,
    Document,
    Element,
    Ground,
    Link,
    LinkCheck,
    LinkStatus,
    Passage,
    Report,
    ReportPassage,
    Seen,
    Snapshot,
)
from evidence.office_search import OfficeHit, search_office
from evidence.rules.adverse import against
from evidence.rules.court_style import Source, cite
from evidence.rules.likeness import Counterpart, Words, counterpart, numbers_changed
from evidence.search import Filters, Hit, search_shelf
from evidence.words import against_words, age_words
from foundation.accounts.models import User
from foundation.countries import country_name
from foundation.vault.opening import open_many


def library(user: User, filters: Filters | None = None) -> QuerySet[Document]:
    """Return the office's sources that satisfy the filters, newest publication first."""
    filters = filters or Filters()
    documents = documents_visible_to(user)
    if filters.iso3:
        documents = documents.filter(countries__contains=[filters.iso3])
    if filters.kind:
        documents = documents.filter(kind=filters.kind)
    if filters.first_year:
        documents = documents.filter(published_date__year__gte=filters.first_year)
    if filters.last_year:
        documents = documents.filter(published_date__year__lte=filters.last_year)
    return documents.order_by("-published_date", "-added_at")


@dataclass(frozen=True)
class CountryShelf:
    """How much there is on a country: editions on the shelf, sources of the office."""

    iso3: str
    name: str
    reports: int
    documents: int


def countries_of(user: User) -> list[CountryShelf]:
    """Return the countries that occur in the office's library or on the shelf, by name."""
    lists = documents_visible_to(user).values_list("countries", flat=True)
    documents = Counter(code for codes in lists for code in codes)
    reports = dict(Report.objects.values_list("iso3").annotate(n=Count("pk")).order_by())
    found = [
        CountryShelf(code, country_name(code), reports.get(code, 0), documents[code])
        for code in {*documents, *reports}
    ]
    return sorted(found, key=lambda one: one.name)


@dataclass(frozen=True)
class Year:
    """What was published on a country in one year; None: the year is not known."""

    year: int | None
    reports: list[Report]
    documents: list[Document]


def timeline_of(user: User, iso3: str) -> list[Year]:
    """Return what there is on a country year by year, the newest first, the undated last."""
    reports: dict[int | None, list[Report]] = {}
    documents: dict[int | None, list[Document]] = {}
    for report in Report.objects.filter(iso3=iso3).order_by("slug"):
        reports.setdefault(report.year, []).append(report)
    for document in library(user, Filters(iso3)):
        day = document.published_date
        documents.setdefault(day.year if day else None, []).append(document)
    years = sorted({*reports, *documents}, key=lambda year: -(year or 0))
    return [Year(year, reports.get(year, []), documents.get(year, [])) for year in years]


def collections_of(user: User) -> QuerySet[Collection]:
    """Return the office's collections with how many sources each has."""
    return Collection.objects.filter(office=user.office).annotate(size=Count("collected"))


@dataclass(frozen=True)
class Found:
    """Where a detail was found in the text: the words with some before and after."""

    label: str
    before: str
    words: str
    after: str


AROUND = 40  # characters


def found_in(document: Document, snapshot: Snapshot) -> list[Found]:
    """Return the place in the text of each detail the rules found."""
    text, found = snapshot.text, []
    for name, label in FOUND.items():
        for start, end in document.spans.get(name, []):
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            found.append(
                Found(str(label), before.rpartition("\n")[2], text[start:end], after.partition("\n")[0])
            )
    return found


FOUND = {
    "title": _("Title"),
    "publisher": _("Publisher"),
    "dateline": _("Place of the dateline"),
    "published_date": _("Published on"),
    "relative_dates": _("Day counted from the date"),
}


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
    """Return the office's pages and files that wait to be read or could not be, the latest five."""
    open_links = links_visible_to(user).exclude(status=LinkStatus.KEPT)
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
    origins = origins_of([one.citation for cited in points for one in cited.citations])
    return [
        _matrix_row(cited, parts[cited.point.pk].parts or {}, origins, hearing or today, bool(hearing))
        for cited in points
    ]


def _matrix_row(
    cited: CitedPoint, parts: dict[str, str], origins: dict[Any, set[str]], on: date, hearing: bool
) -> MatrixRow:
    supports = [one.citation for one in cited.citations if one.citation.relation == "supports"]
    element = parts.get("element", "")
    weighed = []
    for one in cited.citations:
        day = one.citation.snapshot.document.published_date
        weighed.append(Weighed(one, age_words((on - day).days, hearing=hearing) if day else ""))
    return MatrixRow(
        cited,
        str(Element(element).label) if element else "",
        len(supports),
        sum(one.citation.relation == "adverse" for one in cited.citations),
        sorted({origin for citation in supports for origin in origins[citation.pk]}),
        weighed,
    )


def origins_of(citations: Iterable[Citation]) -> dict[Any, set[str]]:
    """Return whose knowledge each citation rests on: the one quoted in it, else the publisher.

    Two newspapers that quote one organization are one source.
    """
    found = list(citations)
    quoted = list(
        Passage.objects.filter(snapshot__in={c.snapshot_id for c in found}, kind="quotation")
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
        for c in found
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


def suggestions_for(point: ClaimPoint, user: User) -> Suggestions:
    """Search the shelf and the office's sources for what a point says, with the reason for each passage."""
    opened = open_many([point], "assertion", "parts", purpose="suggest")[point.pk]
    parts = opened.parts or {}
    words = " ".join([opened.assertion, *(parts.get(name, "") for name in ("harm", "actor", "place"))])
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
    found = dict.fromkeys(word.lower() for word in re.findall(f"{START}(.*?){STOP}", hit.extract))
    return [*list(found)[:8], *([str(hit.passage.year)] if parts.get("period") else [])]


@dataclass(frozen=True)
class Drifted:
    """A source that is no longer as kept, and which visible cases cite a passage that differs."""

    check: LinkCheck
    cases: list[Case]


def drifted(user: User) -> list[Drifted]:
    """Return the newest look at each source, and at each newer edition, where it was not the same."""
    newest = (
        LinkCheck.objects.filter(document__in=documents_visible_to(user))
        .order_by("document_id", "edition_id", "-checked_at")
        .distinct("document_id", "edition_id")
        .select_related("document", "edition")
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
    whole_page = check.seen in (Seen.GONE, Seen.SOFT_404, Seen.NEW_EDITION)
    cases = {
        c.case.pk: c.case
        for c in citing
        if c.passage.snapshot_id == c.snapshot_id and (whole_page or c.passage.n in differing)
        if c.snapshot.document_id == check.document_id
    }
    return list(cases.values())

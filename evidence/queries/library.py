"""Reads over the office's sources, by what they say and by country."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from evidence.access import documents_visible_to
from evidence.models import Document, Passage, Report, Snapshot
from evidence.rules import lines_of
from evidence.search.shelf import Filters
from foundation.accounts.models import User
from foundation.countries import country_name


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
    countries = [
        CountryShelf(code, country_name(code), reports.get(code, 0), documents[code])
        for code in {*documents, *reports}
    ]
    return sorted(countries, key=lambda country: country.name)


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


@dataclass(frozen=True)
class Found:
    """Where a detail was found in the text: the words with some before and after."""

    label: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class LeftOut:
    """A line of the text that is in no passage; `is_below` where it stands under all of them."""

    start: int
    end: int
    text: str
    is_below: bool


def left_out_of(document: Document, snapshot: Snapshot, passages: list[Passage]) -> list[LeftOut]:
    """Return the lines of a text that cannot be cited, in order; its title is on the page anyhow."""
    last = max((one.end for one in passages), default=0)
    details = [tuple(place) for places in document.spans.values() for place in places]
    kept = [(one.start, one.end) for one in passages] + details
    shown = {document.title, document.subtitle}
    return [
        LeftOut(line.start, line.end, line.text, line.start >= last)
        for line in lines_of(snapshot.text)
        if line.text not in shown and not any(start < line.end and line.start < end for start, end in kept)
    ]


AROUND = 40  # characters


def found_in(document: Document, snapshot: Snapshot) -> list[Found]:
    """Return the place in the text of each detail the rules found."""
    text, marks = snapshot.text, []
    for name, label in FOUND.items():
        for start, end in document.spans.get(name, []):
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            marks.append(
                Found(str(label), before.rpartition("\n")[2], text[start:end], after.partition("\n")[0])
            )
    return marks


FOUND = {
    "title": _("Title"),
    "subtitle": _("Subtitle"),
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

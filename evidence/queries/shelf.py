"""Reads over the reference shelf: editions, and what became of a passage in each."""

from dataclasses import dataclass

from evidence.models import Report, ReportPassage
from evidence.rules.likeness import Counterpart, Words, counterpart, numbers_changed


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

"""Reads over screenings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from foundation.vault.opening import open_many
from intake.models import Intake
from screening.models import Finding, Review, Screening


def latest_screening(intake: Intake) -> Screening:
    """Return the newest screening of an intake; a case always has one."""
    return Screening.objects.filter(intake=intake).latest("created_at")


def latest_screenings(intakes: Iterable[Any], *, before: datetime | None = None) -> dict[UUID, Screening]:
    """Return {intake id: newest screening} of many intakes, or the newest from before a moment."""
    newest = Screening.objects.filter(intake__in=list(intakes)).order_by("intake", "-created_at")
    if before:
        newest = newest.filter(created_at__lt=before)
    return {screening.intake_id: screening for screening in newest.distinct("intake")}


def latest_review(intake: Intake) -> Review | None:
    """Return what a person last decided about any screening of an intake, or None."""
    reviews = Review.objects.filter(screening__intake=intake).select_related("screening", "decided_by")
    return reviews.order_by("-decided_at").first()


@dataclass(frozen=True)
class Stood:
    """A screening as it was kept, with its sealed parts opened."""

    screening: Screening
    findings: list[tuple[str, str, str, Mapping[str, Any]]]
    one_year: Mapping[str, str] | None


def stood(screenings: Iterable[Screening], *, purpose: str) -> dict[UUID, Stood]:
    """Open what screenings rested on and came to: {screening id: all of it}."""
    listed = list(screenings)
    findings = list(Finding.objects.filter(screening__in=listed).order_by("screening", "position"))
    inputs = open_many(findings, "inputs", purpose=purpose)
    dates = open_many(listed, "one_year", purpose=purpose)
    rows: dict[UUID, list[Any]] = {screening.pk: [] for screening in listed}
    for finding in findings:
        rows[finding.screening_id].append(
            (finding.code, finding.result, finding.citation, inputs[finding.pk].inputs)
        )
    return {each.pk: Stood(each, rows[each.pk], dates[each.pk].one_year) for each in listed}

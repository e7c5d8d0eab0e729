"""Reads over screenings."""

from intake.models import Intake
from screening.models import Screening


def latest_screening(intake: Intake) -> Screening:
    """Return the newest screening of an intake; a case always has one."""
    return Screening.objects.filter(intake=intake).latest("created_at")

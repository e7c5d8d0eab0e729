"""What stands above every page of one case."""

import uuid
from dataclasses import dataclass
from datetime import date

from cases.models import Case, Status
from foundation.badges import Badge
from screening.models import Band


@dataclass(frozen=True)
class Head:
    """Which case it is, whose, how urgent and how far; `rules_failed_on` where no rule looks after it."""

    id: uuid.UUID
    reference: str
    person: str
    band: Badge
    status: Badge
    rules_failed_on: date | None


def head_of(case: Case, person: str = "") -> Head:
    """Return the head of a page of this case; `person` is empty where no name is opened."""
    failed = case.rules_failed_at and case.office.today(case.rules_failed_at)
    return Head(case.pk, case.reference, person, Band(case.band).badge, Status(case.status).badge, failed)

"""What stands above every page of one case."""

import uuid
from dataclasses import dataclass

from cases.models import Case, Status
from foundation.badges import Badge
from screening.models import Band


@dataclass(frozen=True)
class Head:
    """Which case it is, whose, how urgent and how far."""

    id: uuid.UUID
    reference: str
    person: str
    band: Badge
    status: Badge


def head_of(case: Case, person: str = "") -> Head:
    """Return the head of a page of this case; `person` is empty where no name is opened."""
    return Head(case.pk, case.reference, person, Band(case.band).badge, Status(case.status).badge)

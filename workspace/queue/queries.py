"""Cases in a list, with the names of their people."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.models import Case, Status
from foundation.badges import Badge
from foundation.vault.opening import open_many
from intake.queries import NAME, full_name
from screening.models import Band


@dataclass(frozen=True)
class CaseRow:
    """A case in a list. `look_by` is None once a person has looked; `next_date` where no date is ahead."""

    id: uuid.UUID
    reference: str
    person: str
    band: Badge
    status: Badge
    next_date: date | None
    look_by: date | None
    is_overdue: bool
    caseworker: str


def people_of(cases: Iterable[Case], *, purpose: str) -> dict[uuid.UUID, str]:
    """Return {case: the person's name}: one key query and one record for all."""
    listed = list(cases)
    opened = open_many([case.applicant for case in listed], *NAME, purpose=purpose)
    return {case.pk: full_name(opened[case.applicant_id]) for case in listed}


def case_rows(cases: Iterable[Case], *, purpose: str, today: date) -> list[CaseRow]:
    """Return cases of `queue_for` as a list shows them."""
    listed = list(cases)
    people = people_of(listed, purpose=purpose)
    return [_row(case, people[case.pk], today) for case in listed]


def _row(case: Case, person: str, today: date) -> CaseRow:
    look_by = None if case.triaged_at else case.look_by
    return CaseRow(
        id=case.pk,
        reference=case.reference,
        person=person,
        band=Band(case.band).badge,
        status=Status(case.status).badge,
        next_date=getattr(case, "next_date", None),
        look_by=look_by,
        is_overdue=look_by is not None and look_by < today,
        caseworker=case.caseworker.name if case.caseworker else "",
    )

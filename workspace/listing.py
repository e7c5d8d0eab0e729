"""What every list of cases shows of one: whose it is, where its page is, by when somebody must look."""

import uuid
from collections.abc import Iterable
from datetime import date
from functools import cache

from django.urls import reverse

from cases.models import Case
from foundation.vault.opening import open_many
from intake.queries import NAME, full_name
from workspace.rows import LookBy

NOBODY = uuid.UUID(int=0)


def people_of(cases: Iterable[Case], *, purpose: str) -> dict[uuid.UUID, str]:
    """Return {case: the person's name}: one key query and one record for all."""
    listed = list(cases)
    opened = open_many([case.applicant for case in listed], *NAME, purpose=purpose)
    return {case.pk: full_name(opened[case.applicant_id]) for case in listed}


def case_address(pk: uuid.UUID) -> str:
    """Return where a case's page is."""
    return _address().replace(str(NOBODY), str(pk))


@cache
def _address() -> str:
    return reverse("case", args=[NOBODY])


def look_by_of(case: Case, *, today: date) -> LookBy:
    """Return until when a person must have looked at a case."""
    day = None if case.triaged_at else case.look_by
    return LookBy(day, is_overdue=day is not None and day < today)

"""Cases in a list, with the names of their people."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Case
from foundation.vault.opening import open_many
from intake.queries import NAME, full_name
from referrals.models import Assignment


@dataclass(frozen=True)
class Row:
    """A case in a list, with the person's name; `assignment` where the list is of assignments."""

    case: Case
    person: str
    assignment: Assignment | None = None


def named(cases: Iterable[Case], *, purpose: str) -> list[Row]:
    """Return cases with the names of their people: one key query and one record for the page."""
    found = list(cases)
    people = [case.applicant for case in found]
    opened = open_many(people, *NAME, purpose=purpose)
    return [Row(case, full_name(opened[case.applicant_id])) for case in found]

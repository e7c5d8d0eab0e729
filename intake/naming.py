"""The people an applicant names, for the conflict check: which questions ask for them, and who they are.

    given_names, middle_names, family_name   text: the applicant's own name, together one name
    other_names                              text, one name on each line, or a list of texts
    birth_date or dob, citizenship           sharpen a likeness of the applicant, and hide none
    the questions of PEOPLE                  [{"name", …}], or a name

Of a person `birth_date` (as much of 1980-05-06 as is known) and `country` (two letters) are read as well.
"""

from collections.abc import Mapping
from typing import Any

from conflicts.actions import Named, applicant_names, people_named
from conflicts.models import PartyRole
from foundation.countries import first_country

PEOPLE = {
    "feared_name": PartyRole.FEARED,
    "family_here": PartyRole.FAMILY,
    "helper_name": PartyRole.HELPER,
    "lawyer_name": PartyRole.COUNSEL,
    "waitlist_name": PartyRole.GROUP,
    "notario_name": PartyRole.NOTARIO,
}


def names_in(answers: Mapping[str, Any]) -> list[Named]:
    """Return everyone named in {question: value}, as parties of the matter."""
    named = applicant_names(
        given_names=" ".join(filter(None, (answers.get("given_names"), answers.get("middle_names")))),
        family_name=answers.get("family_name") or "",
        other_names=_lines(answers.get("other_names")),
        birth_date=answers.get("birth_date") or answers.get("dob") or "",
        country=first_country(answers.get("citizenship") or []),
    )
    for question, role in PEOPLE.items():
        named += people_named(question, answers.get(question), role=role)
    return named


def _lines(names: Any) -> str:
    return "\n".join(names) if isinstance(names, list) else names or ""

"""A name to write down, and the names an answer holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conflicts.models import PartyRole
from conflicts.rules import UnusableName, analyse


@dataclass(frozen=True)
class Named:
    """A name to write down: `key` says which of the matter's names it is, so that a new one replaces it."""

    key: str
    role: str
    name: str
    birth_date: str = ""
    country: str = ""

    @property
    def details(self) -> dict[str, str]:
        return {
            "role": str(self.role),
            "name": self.name,
            "birth_date": self.birth_date,
            "country": self.country,
        }


def line_of(details: Mapping[str, str]) -> str | None:
    """Return what the names worker reads of a party, or None for a name that cannot be compared."""
    try:
        analysis = str(analyse(details["name"]))
    except UnusableName:
        return None
    return "\t".join((analysis, details["birth_date"], details["country"]))


def applicant_names(
    *, given_names: str, family_name: str, other_names: str, birth_date: str = "", country: str = ""
) -> list[Named]:
    """Return the names of an applicant as parties: the full one, and each other name by itself."""
    full = " ".join(part for part in (given_names.strip(), family_name.strip()) if part)
    beside = {"birth_date": birth_date, "country": country}
    others = [line.strip() for line in other_names.splitlines() if line.strip()]
    named = [Named("applicant", PartyRole.APPLICANT, full, **beside)] if full else []
    named += [Named(f"other:{n}", PartyRole.OTHER_NAME, name, **beside) for n, name in enumerate(others)]
    return named


def people_named(question: str, people: Any, *, role: str) -> list[Named]:
    """Return the people of one answer as parties, all of them: [{"name", "birth_date", "country"}] or a name.

    Whatever else an answer says of a person (how they are related) is left where it is.
    """
    listed = people if isinstance(people, list) else [people]
    known = [
        {"name": person} if isinstance(person, str) else person
        for person in listed
        if isinstance(person, str | dict)
    ]
    return [
        Named(
            f"{question}:{n}",
            role,
            person["name"].strip(),
            person.get("birth_date") or "",
            person.get("country") or "",
        )
        for n, person in enumerate(known)
        if (person.get("name") or "").strip()
    ]

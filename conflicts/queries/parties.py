"""Reads over parties: their names, opened, and the numbers they are known by."""

import uuid
from dataclasses import dataclass
from typing import Any

from conflicts.access import list_of
from conflicts.models import ANumber, Party, PartyRole
from foundation.accounts.models import Office, User
from foundation.countries import country_name
from foundation.vault.opening import open_many, open_one


@dataclass(frozen=True)
class NameOf:
    """A party opened: its name, what it is in its matter, when and where born."""

    pk: uuid.UUID
    matter_id: uuid.UUID
    name: str
    role: Any
    is_board: bool
    birth_date: str
    country_code: str

    @property
    def country(self) -> str:
        return country_name(self.country_code)


def names_of(parties: list[Party], *, purpose: str, shown: bool = True) -> dict[uuid.UUID, NameOf]:
    """Open parties: {id: name and what goes with it}; one record for all. `shown`: to whoever asks."""
    known = [party for party in parties if party.details is not None]
    opened = open_many(known, "details", purpose=purpose, shown=shown)
    return {
        party.pk: NameOf(
            party.pk,
            party.matter_id,
            details["name"],
            PartyRole(details["role"]).label,
            details["role"] == PartyRole.BOARD,
            details["birth_date"],
            details["country"],
        )
        for party in parties
        if party.details is not None and (details := opened[party.pk].details)
    }


def our_people(office: Office) -> list[NameOf]:
    """Open the office's own people among the parties: staff and board, by name."""
    parties = Party.objects.filter(matter_id=office.matter_id, user=None, removed_at=None)
    people = names_of(list(parties), purpose="our own people")
    return sorted(people.values(), key=lambda person: (person.is_board, person.name.casefold()))


def own_list(user: User) -> list[NameOf]:
    """Open a practitioner's own list, by name."""
    people = names_of(list(list_of(user)), purpose="own list")
    return sorted(people.values(), key=lambda person: person.name.casefold())


def a_number_of(matter_id: uuid.UUID, *, purpose: str) -> str:
    """Open a matter's A-Number: nine digits, or "" where none is known."""
    noted = ANumber.objects.filter(matter_id=matter_id).first()
    return str(open_one(noted, "number", purpose=purpose).number) if noted else ""

"""The people of the demo office, and how they come in: each by an invitation, as anybody does."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from foundation.accounts.actions import accept_invitation, invite_person, token_for
from foundation.accounts.models import Invitation, Office, Role, User
from foundation.database.principal import SIGN_IN, acting_as

PASSWORD = "lantern-demo-2026"


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    role: Role
    password: str = PASSWORD


CORA = Person("Cora Demo", "cora@demo.example", Role.CASEWORKER)
ADE = Person("Ade Demo", "ade@demo.example", Role.ATTORNEY)
INES = Person("Ines Demo", "ines@demo.example", Role.ADMINISTRATOR)
# Nobody can sign in as Bea: nobody knows her password.
BEA = Person("Bea Demo", "bea@demo.example", Role.ATTORNEY, secrets.token_urlsafe(32))
STAFF = (CORA, ADE, INES)


def invite(person: Person, office: Office, by: User) -> Invitation:
    whom: dict[str, Any] = {"email": person.email, "name": person.name, "roles": [person.role]}
    return invite_person(office, **whom, by=by, at=timezone.now())


def come_in(person: Person, invited: Callable[[], Invitation], at: datetime) -> User:
    """Have somebody follow the link of their invitation and choose a password, unless they are in."""
    here = User.objects.filter(email=person.email).first()
    if here:
        return here
    token = token_for(invited().pk)
    with acting_as(SIGN_IN):
        user = accept_invitation(token, password=person.password, at=at)
    if user is None:
        raise LookupError(person.email)
    return user

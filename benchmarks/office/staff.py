"""An office and its people, made as the program makes them; each can sign in."""

from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from benchmarks.office.shape import Shape
from foundation.accounts.actions import open_office
from foundation.accounts.models import Membership, Office, Role, User
from foundation.accounts.role import adding_up
from referrals.models import Practitioner, Queue

PASSWORD = "bench office password"  # noqa: S105  of a throwaway cluster
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  what the code app of everybody there counts from


@dataclass(frozen=True)
class Staff:
    """An office with those who work in it."""

    office: Office
    caseworkers: list[User]
    attorneys: list[User]
    practitioners: list[Practitioner]
    queues: list[Queue]


@transaction.atomic
def open_one(number: int, shape: Shape, *, hashed: str) -> Staff:
    """Make one office with caseworkers, a supervisor, an administrator, attorneys on its panel, queues."""
    office = open_office(slug=f"bench-{number + 1}", name=f"Bench {number + 1}", takes_forms=True)
    roles = [
        *[Role.CASEWORKER] * shape.caseworkers,
        *[Role.ATTORNEY] * shape.attorneys,
        *(Role.SUPERVISOR, Role.ADMINISTRATOR),
    ]
    people = [_person(office, role, number, place, hashed) for place, role in enumerate(roles)]
    caseworkers = people[: shape.caseworkers]
    attorneys = people[shape.caseworkers : shape.caseworkers + shape.attorneys]
    ready = {"verified_by": people[-1], "verified_at": timezone.now()}
    panel = [
        Practitioner.objects.create(user=user, office=office, kind="attorney", capacity=30, **ready)
        for user in attorneys
    ]
    queues = [Queue.objects.create(office=office, name=name) for name in ("General", "Held", "Children")]
    return Staff(office, caseworkers, attorneys, panel, queues)


def _person(office: Office, role: str, number: int, place: int, hashed: str) -> User:
    email = f"{role}-{number}-{place}@bench.example"
    user = User.objects.create(password=hashed, email=email, name=f"{role.title()} {place}")
    Membership.objects.create(user=user, office=office, roles=adding_up([role]))
    TOTP.activate(user, SECRET)
    return user


def hashed_once() -> str:
    """Return the hash that all people share: one takes longer than a hundred of their cases."""
    return make_password(PASSWORD)

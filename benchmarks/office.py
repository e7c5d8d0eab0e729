"""A large office made of nobody: people, matters, cases and access, written as fast as the disk allows.

Every value is sealed for real, with a key of its own for each matter; only the receipts share one Argon2id
hash. The offices and their people are made as the program makes them. The cases are rows of the models
themselves, so that a new field comes along with its default, but they are copied in past the row policies:
this works on a throwaway cluster alone.
"""

import os
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection as django_connection
from django.db import models, transaction

from cases.models import Case, CaseAccess, Scope, Status, Track
from foundation.accounts.actions import open_office
from foundation.accounts.matters import Matter
from foundation.accounts.models import Membership, Office, Role, User
from foundation.vault.blind import blind_index
from foundation.vault.keys import opening_keys, remember, wrap
from intake.models import Applicant, Intake
from intake.models import Status as IntakeStatus
from notifications.models import Reach
from screening.models import Band

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
# Sealed, copied and committed together: neither the memory nor the server's idle time-out sets a limit.
CHUNK = 2_000
KEYS = ("file_id", "office_id", "recipient_kind", "recipient_id", "wrapped")
SHARED_HASH = "argon2$argon2id$shared-by-every-demo-receipt"


@dataclass(frozen=True)
class Shape:
    """How large: cases in all, offices they are spread over, attorneys in each, live grants for each."""

    cases: int
    offices: int = 1
    attorneys: int = 8
    grants: int = 23


def make(url: str, shape: Shape) -> Iterator[int]:
    """Write the offices and yield how many cases are there, now and then."""
    made = 0
    with psycopg.connect(url) as plain:
        for number in range(shape.offices):
            office, attorneys = _office(number, shape.attorneys)
            count = shape.cases // shape.offices + (number < shape.cases % shape.offices)
            for start in range(0, count, CHUNK):
                places = range(start, min(start + CHUNK, count))
                _copy_cases(plain, office, number, places, attorneys, shape)
                made += len(places)
                yield made
    with psycopg.connect(url, autocommit=True) as plain:
        plain.execute("ANALYZE")


@transaction.atomic
def _office(number: int, attorneys: int) -> tuple[Office, list[User]]:
    """Make one office with a caseworker and its attorneys; return it and the attorneys."""
    office = open_office(slug=f"bench-{number + 1}", name=f"Bench {number + 1}", takes_forms=True)
    people = []
    for place, role in enumerate([Role.CASEWORKER, *[Role.ATTORNEY] * attorneys]):
        email = f"{role}-{number}-{place}@bench.example"
        user = User.objects.create(password="!", email=email, name=f"{role} {place}")  # noqa: S106  none fits it
        Membership.objects.create(user=user, office=office, roles=[role])
        people.append(user)
    return office, people[1:]


def _copy_cases(
    plain: psycopg.Connection,
    office: Office,
    number: int,
    places: Sequence[int],
    attorneys: list[User],
    shape: Shape,
) -> None:
    """Seal some cases of an office, then copy them in, in the order in which they refer to one another."""
    rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    keys = []
    with opening_keys():
        for place in places:
            matter_id, key = uuid.uuid4(), AESGCM.generate_key(256)
            wrapped = wrap(key, matter_id=matter_id)
            keys.append((matter_id, office.pk, "kek", str(wrapped.epoch), wrapped.blob))
            remember({matter_id: AESGCM(key)})
            holder = attorneys[place % len(attorneys)] if place < shape.grants * len(attorneys) else None
            for row in _matter(Matter(matter_id, office.pk), number * 10_000_000 + place, holder):
                rows[type(row)].append(row)
        values = {model: [_values(row) for row in made] for model, made in rows.items()}
    _copy(plain, "keys.case_key_wrap", KEYS, keys)
    for model, copied in values.items():
        columns = [str(field.column) for field in model._meta.concrete_fields]
        _copy(plain, model._meta.db_table, columns, copied)
    plain.commit()


def _copy(plain: psycopg.Connection, table: str, columns: Sequence[str], rows: list[Any]) -> None:
    with plain.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:  # type: ignore[arg-type]
        for row in rows:
            copy.write_row(row)


def _values(row: models.Model) -> list[Any]:
    """Return a row's values as the database keeps them, the sealed ones sealed."""
    return [
        field.get_db_prep_save(field.pre_save(row, add=True), django_connection)
        for field in row._meta.concrete_fields
    ]


def _matter(matter: Matter, number: int, holder: User | None) -> Iterator[models.Model]:
    """Yield one person's rows: who they are, how to reach them, the form, the case, who holds it."""
    at = BEGAN + timedelta(minutes=number % 400_000)
    applicant = Applicant(
        **matter.columns,
        given_names=f"Given {number}",
        family_name=f"Family {number % 4999}",
        birth_date="1990-01-01",
        citizenship=["SY"],
        language="en",
        created_at=at,
    )
    phone, email = f"+1212{number % 10_000_000:07}", f"p{number}@bench.example"
    reach = Reach(
        **matter.columns,
        ways=["call"],
        phone=phone,
        email=email,
        phone_index=blind_index("phone", phone),
        email_index=blind_index("email", email),
    )
    intake = Intake(
        **matter.columns,
        applicant=applicant,
        status=IntakeStatus.SUBMITTED,
        language="en",
        locator=_locator(number),
        secret_hash=SHARED_HASH,
        created_at=at,
        saved_at=at,
        submitted_at=at,
        expires_at=at,
    )
    case = Case(
        **matter.columns,
        intake=intake,
        applicant=applicant,
        reference=f"B{number:011}",
        status=Status.SEEKING_COUNSEL,
        track=Track.UNKNOWN,
        band=(Band.ROUTINE, Band.MEDIUM, Band.HIGH, Band.CRITICAL)[number % 4],
        score=number % 101,
        country="SY",
        look_by=at.date(),
        opened_at=at,
    )
    yield from (applicant, reach, intake, case)
    if holder:
        yield CaseAccess(
            **matter.columns, case=case, user=holder, scope=Scope.MATTER, reason="assignment", granted_at=at
        )


def _locator(number: int) -> str:
    office, place = divmod(number, 10_000_000)
    return f"{((office + 1) * 2_003_003 + place) % 100_000_000:08}"


def bench_url(login: str) -> str:
    """Return the throwaway database's address through one of our log-ins."""
    return os.environ["DATABASE_URL"].replace("intake@", f"intake_{login}@")

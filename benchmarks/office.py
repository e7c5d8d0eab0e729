"""A large office made of nobody: people, files, cases and access, written as fast as the disk allows.

Every value is sealed for real, with a key of its own for each file; only the receipts share one Argon2id
hash. It is written past the row policies, so it works on a throwaway cluster alone.
"""

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.vault import envelope
from foundation.vault.blind import blind_index
from foundation.vault.keys import wrap

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = {
    "keys.case_key_wrap": "file_id office_id recipient_kind recipient_id wrapped",
    "intake_applicant": "id office_id file_id given_names family_name other_names birth_date citizenship"
    " language created_at",
    "intake_safecontact": "id office_id file_id applicant_id channels phone email safe_times phone_index"
    " email_index may_leave_message",
    "intake_intake": "id office_id file_id applicant_id status language locator secret_hash created_at"
    " saved_at submitted_at expires_at",
    "cases_case": "id office_id file_id intake_id applicant_id reference status track band score country"
    " look_by opened_at",
    "cases_caseaccess": "id office_id file_id case_id user_id scope reason granted_at",
}


@dataclass(frozen=True)
class Shape:
    """How large: cases in all, offices they are spread over, attorneys in each, live grants for each."""

    cases: int
    offices: int = 1
    attorneys: int = 8
    grants: int = 23


def make(url: str, shape: Shape) -> Iterator[int]:
    """Write the offices and yield how many cases are there, now and then."""
    with psycopg.connect(url) as connection:
        connection.execute("SET LOCAL synchronous_commit = off")
        for office in range(shape.offices):
            count = shape.cases // shape.offices + (office < shape.cases % shape.offices)
            people = _office(connection, office, shape.attorneys)
            _cases(connection, office, count, people, shape.grants)
            connection.commit()
            yield (office + 1) * shape.cases // shape.offices
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def _office(connection: psycopg.Connection, number: int, attorneys: int) -> list[int]:
    """Write one office with a caseworker and its attorneys; return the attorneys' ids."""
    office = number + 1
    connection.execute(
        "INSERT INTO accounts_office (id, slug, name, phone, hours, time_zone, file_id)"
        " OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, '', '', 'America/New_York', %s)",
        [office, f"bench-{office}", f"Bench {office}", uuid.uuid4()],
    )
    roles = ["caseworker", *["attorney"] * attorneys]
    ids = [number * (attorneys + 1) + place + 1 for place in range(len(roles))]
    for user, role in zip(ids, roles, strict=True):
        connection.execute(
            "INSERT INTO accounts_user (id, password, email, name, is_active, language)"
            " OVERRIDING SYSTEM VALUE VALUES (%s, '!', %s, %s, true, 'en')",
            [user, f"{role}-{user}@bench.example", f"{role} {user}"],
        )
        connection.execute(
            "INSERT INTO accounts_membership (user_id, office_id, role, since) VALUES (%s, %s, %s, now())",
            [user, office, role],
        )
    return ids[1:]


def _cases(connection: psycopg.Connection, office: int, count: int, people: list[int], grants: int) -> None:
    """Write the cases of one office, table by table, in the order in which they refer to one another."""
    made = [_rows(office + 1, office * 10_000_000 + n, n, people, grants) for n in range(count)]
    for table, columns in COLUMNS.items():
        names = ", ".join(columns.split())
        with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for rows in made:
                for row in rows.get(table, ()):
                    copy.write_row(row)


def _rows(
    office: int, number: int, place: int, people: list[int], grants: int
) -> dict[str, list[tuple[Any, ...]]]:
    """Return one person's rows by table."""
    file_id, applicant, contact, intake, case = (uuid.uuid4() for _n in range(5))
    key = AESGCM.generate_key(256)
    cipher, wrapped = AESGCM(key), wrap(key, file_id=file_id)

    def sealed(table: str, column: str, row: uuid.UUID, value: Any) -> bytes:
        plain = value if isinstance(value, str) else json.dumps(value)
        place_of = f"{file_id}|{table}.{column}|{row}".encode()
        return envelope.seal(plain.encode(), key=cipher, place=place_of)

    def of(table: str, row: uuid.UUID, **values: Any) -> list[bytes]:
        return [sealed(table, column, row, value) for column, value in values.items()]

    at = BEGAN + timedelta(minutes=number % 400_000)
    person = of(
        "intake_applicant",
        applicant,
        given_names=f"Given {number}",
        family_name=f"Family {number % 4999}",
        other_names="",
        birth_date="1990-01-01",
        citizenship=["SY"],
    )
    phone, email = f"+1212{number % 10_000_000:07}", f"p{number}@bench.example"
    ways = of("intake_safecontact", contact, channels=["call"], phone=phone, email=email, safe_times="")
    band = ("ROUTINE", "MEDIUM", "HIGH", "CRITICAL")[number % 4]
    rows: dict[str, list[tuple[Any, ...]]] = {
        "keys.case_key_wrap": [(file_id, office, "kek", str(wrapped.epoch), wrapped.blob)],
        "intake_applicant": [(applicant, office, file_id, *person, "en", at)],
        "intake_safecontact": [
            (
                contact,
                office,
                file_id,
                applicant,
                *ways,
                blind_index("phone", phone),
                blind_index("email", email),
                False,
            )
        ],
        "intake_intake": [
            (
                intake,
                office,
                file_id,
                applicant,
                "submitted",
                "en",
                f"{_locator(office, place)}",
                SHARED_HASH,
                at,
                at,
                at,
                at,
            )
        ],
        "cases_case": [
            (
                case,
                office,
                file_id,
                intake,
                applicant,
                _reference(number),
                "seeking_counsel",
                "unknown",
                band,
                number % 101,
                "SY",
                at.date(),
                at,
            )
        ],
    }
    if place < grants * len(people):
        user = people[place % len(people)]
        rows["cases_caseaccess"] = [(uuid.uuid4(), office, file_id, case, user, "file", "assignment", at)]
    return rows


SHARED_HASH = "argon2$argon2id$shared-by-every-demo-receipt"


def _locator(office: int, place: int) -> str:
    return f"{(office * 2_003_003 + place) % 100_000_000:08}"


def _reference(number: int) -> str:
    """Return a reference of twelve characters that no other number has."""
    return f"B{number:011}"


def bench_url(login: str) -> str:
    """Return the throwaway database's address through one of our log-ins."""
    return os.environ["DATABASE_URL"].replace("intake@", f"intake_{login}@")

"""Rows sealed for real, each matter under a key of its own, and copied in past the row policies."""

import os
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection as django_connection
from django.db import models

from benchmarks.office.matters import rows_of
from benchmarks.office.shape import Shape, person
from benchmarks.office.staff import Staff, hashed_once, open_one
from foundation.accounts.matters import Matter
from foundation.vault.keys import opening_keys, remember, wrap

# Sealed, copied and committed together: neither the memory nor the server's idle time-out sets a limit.
CHUNK = 2_000
KEYS = ("file_id", "office_id", "recipient_kind", "recipient_id", "wrapped")
Made = dict[type[models.Model], list[list[Any]]]


def make(url: str, shape: Shape) -> Iterator[int]:
    """Write the offices and yield how many cases are there, now and then."""
    made, hashed = 0, hashed_once()
    with psycopg.connect(url) as plain:
        for number in range(shape.offices):
            staff = open_one(number, shape, hashed=hashed)
            count = shape.cases // shape.offices + (number < shape.cases % shape.offices)
            for start in range(0, count, CHUNK):
                places = range(start, min(start + CHUNK, count))
                _copy_cases(plain, staff, number, places, shape, of=count)
                made += len(places)
                yield made
    with psycopg.connect(url, autocommit=True) as plain:
        plain.execute("VACUUM ANALYZE")


def _copy_cases(
    plain: psycopg.Connection, staff: Staff, number: int, places: Sequence[int], shape: Shape, *, of: int
) -> None:
    """Seal some cases of an office, then copy them in, in the order in which they refer to one another."""
    values: Made = defaultdict(list)
    keys = []
    with opening_keys():
        for place in places:
            matter = Matter(uuid.uuid4(), staff.office.pk)
            key = AESGCM.generate_key(256)
            wrapped = wrap(key, matter_id=matter.id)
            keys.append((matter.id, matter.office_id, "kek", str(wrapped.epoch), wrapped.blob))
            remember({matter.id: AESGCM(key)})
            who = person(number * 10_000_000 + place, place, shape, of)
            for row in rows_of(matter, who, staff, shape):
                values[type(row)].append([get(row) for get in _getters(type(row))])
    _copy(plain, "keys.case_key_wrap", KEYS, keys)
    for model, rows in values.items():
        _copy(plain, model._meta.db_table, [str(field.column) for field in _fields(model)], rows)
    plain.commit()


def _copy(plain: psycopg.Connection, table: str, columns: Sequence[str], rows: list[Any]) -> None:
    quoted = ", ".join(f'"{column}"' for column in columns)
    with plain.cursor().copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:  # type: ignore[arg-type]
        for row in rows:
            copy.write_row(row)


_known: dict[type[models.Model], list[Callable[[models.Model], Any]]] = {}


def _fields(model: type[models.Model]) -> list[Any]:
    """Return the fields that a row brings: what the database works out or counts itself is left to it."""
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.GeneratedField)
        and not (field.has_db_default() or "GENERATED" in (field.db_type(django_connection) or ""))
    ]


def _getters(model: type[models.Model]) -> list[Callable[[models.Model], Any]]:
    """Return for each field what gives its value as the database keeps it, the sealed ones sealed."""
    if model not in _known:
        _known[model] = [_getter(field) for field in _fields(model)]
    return _known[model]


def _getter(field: Any) -> Callable[[models.Model], Any]:
    def get(row: models.Model) -> Any:
        return field.get_db_prep_save(field.pre_save(row, add=True), django_connection)

    return get


def bench_url(login: str) -> str:
    """Return the throwaway database's address through one of our log-ins."""
    return os.environ["DATABASE_URL"].replace("intake@", f"intake_{login}@")

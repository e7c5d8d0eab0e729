"""Rows read and kept by a statement of our own, made once for each process: the ORM makes its own each time.

For what every page of the form does (docs/benchmarks.md). What may be read is the database's to say still.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


@cache
def columns(model: type[models.Model], alias: str) -> str:
    """Return the columns of a model as a statement asks for them, in the order `row_from` wants."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


@cache
def width(model: type[models.Model]) -> int:
    """Return how many columns a model has."""
    return len(model._meta.concrete_fields)


@cache
def reading(model: type[models.Model]) -> tuple[list[str], list[tuple[int, Any]]]:
    """Return the fields of a model as a statement gives them, and which are read by a rule of their own."""
    fields = model._meta.concrete_fields
    own = [(at, field.from_db_value) for at, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], own


def row_from(model: type[Row], found: Sequence[Any]) -> Row:
    """Return the row that these values of its columns are."""
    names, own = reading(model)
    read = list(found)
    for at, from_db_value in own:
        read[at] = from_db_value(read[at], None, connection)
    return model.from_db(connection.alias, names, read)


def maybe_row(model: type[Row], found: Sequence[Any]) -> Row | None:
    """Return the row of an outer join, or None where there was none: it has no key then."""
    fields = model._meta.concrete_fields
    key = next(at for at, field in enumerate(fields) if field.primary_key)
    return None if found[key] is None else row_from(model, found)


@cache
def _keeping(model: type[models.Model], anew: tuple[str, ...]) -> str:
    names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    marks = ", ".join(["%s"] * width(model))
    fresh = [model._meta.get_field(name).column for name in anew]  # type: ignore[union-attr]
    return (
        f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608  our own names
        f' ON CONFLICT ("{model._meta.pk.column}") DO UPDATE SET '
        + ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in fresh)
    )


def keep(row: models.Model, *anew: str) -> None:
    """Insert a row; where its key is there already, write these fields of it anew."""
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in row._meta.concrete_fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(_keeping(type(row), anew), values)

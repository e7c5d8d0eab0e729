"""Opening sealed values: first the reading is recorded, then anything is decrypted; where a page gathers its
readings (foundation/events/access.py), they are recorded together before anything of it is shown.

One call opens one group of fields (identity, contact, answers, …) for one purpose. A page of fifty is
one call, one key query and one access record.
"""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import models

from foundation.database.principal import bound_principal
from foundation.events.access import record_access, write_gathered
from foundation.vault.fields import Sealed, SealedField, sealed_fields
from foundation.vault.keys import VaultError, are_open, ciphers
from foundation.vault.watch import TooManyMatters, watch


class Opened(SimpleNamespace):
    """The plain values of one row, by field name. It prints without them."""

    def __repr__(self) -> str:
        return f"<opened {', '.join(sorted(vars(self)))}>"

    __str__ = __repr__


def open_one(row: models.Model, *names: str, purpose: str) -> Opened:
    """Open one row's fields of one group (all its fields of that group unless named)."""
    return open_many([row], *names, purpose=purpose)[row.pk]


def open_many(
    rows: Iterable[models.Model], *names: str, purpose: str, shown: bool = True
) -> dict[Any, Opened]:
    """Open the same fields of many rows: {primary key: values}.

    `shown` is False where the program compares them and shows nobody any: that weighs nothing. Raises
    VaultError, and records it, if one of them cannot be opened: never a part of the answer. Raises
    TooManyMatters where somebody read too many people's within an hour.
    """
    listed = list(rows)
    if not listed:
        return {}
    fields = _fields_of(type(listed[0]), names)
    group = _one_group(fields)
    ids = {row.matter_id for row in listed}  # type: ignore[attr-defined]
    about: dict[str, Any] = {
        "model": listed[0]._meta.label,
        "subject": listed[0] if len(listed) == 1 else None,
        "matter_id": ids.copy().pop() if len(ids) == 1 else None,
        "matter_ids": sorted(ids) if len(ids) > 1 else None,
        "group": group,
        "fields": sorted(field.name for field in fields),
        "count": len(listed),
        "purpose": purpose,
    }
    if shown and not are_open(ids):  # what this request opened already is no new reading of anybody
        _watched(listed[0], ids, about)
    record_access("opened" if shown else "compared", **about)
    try:
        ciphers(ids)
        return {row.pk: _opened(row, fields) for row in listed}
    except VaultError:
        record_access("broken", **about)
        raise


def _watched(row: models.Model, matters: set[UUID], about: dict[str, Any]) -> None:
    """Let the reading be weighed; one that was too much is on record as refused."""
    write_gathered()  # the weighing reads the records
    try:
        watch(bound_principal(), row, matters)
    except TooManyMatters:
        record_access("denied", **about)
        raise


def _opened(row: models.Model, fields: Sequence[SealedField]) -> Opened:
    values = {}
    for field in fields:
        value = getattr(row, field.attname)
        values[field.name] = field.unseal(row, value) if isinstance(value, Sealed) else value
    return Opened(**values)


def _fields_of(model: type[models.Model], names: Sequence[str]) -> list[SealedField]:
    known = sealed_fields(model)
    if not names:
        return list(known.values())
    try:
        return [known[name] for name in names]
    except KeyError as error:
        raise ValueError(f"{model._meta.label} has no sealed field {error}.") from None


def _one_group(fields: Sequence[SealedField]) -> str:
    groups = {field.group for field in fields}
    if len(groups) != 1:
        raise ValueError(f"Fields of several groups were asked for at once: {sorted(groups)}.")
    return groups.pop()

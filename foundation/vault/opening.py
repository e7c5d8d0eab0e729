"""Opening sealed values: first the reading is recorded, then anything is decrypted.

One call opens one group of fields (identity, contact, answers, …) for one purpose. A page of fifty is
one call, one key query and one record.
"""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import models

from foundation.database.principal import bound_principal
from foundation.events.access import record_access
from foundation.vault.fields import Sealed, SealedField, sealed_fields
from foundation.vault.keys import VaultError, ciphers
from foundation.vault.watch import watch


class Opened(SimpleNamespace):
    """The plain values of one record, by field name. It prints without them."""

    def __repr__(self) -> str:
        return f"<opened {', '.join(sorted(vars(self)))}>"

    __str__ = __repr__


def open_record(record: models.Model, *names: str, purpose: str) -> Opened:
    """Open one record's fields of one group (all its fields of that group unless named)."""
    return open_many([record], *names, purpose=purpose)[record.pk]


def open_many(records: Iterable[models.Model], *names: str, purpose: str) -> dict[Any, Opened]:
    """Open the same fields of many records: {primary key: values}.

    Raises VaultError, and records it, if one of them cannot be opened: never a part of the answer.
    """
    found = list(records)
    if not found:
        return {}
    fields = _fields_of(type(found[0]), names)
    group = _one_group(fields)
    ids = {record.matter_id for record in found}  # type: ignore[attr-defined]
    about: dict[str, Any] = {
        "model": found[0]._meta.label,
        "subject": found[0] if len(found) == 1 else None,
        "matter_id": ids.copy().pop() if len(ids) == 1 else None,
        "group": group,
        "fields": sorted(field.name for field in fields),
        "count": len(found),
        "purpose": purpose,
    }
    record_access("opened", **about)
    principal = bound_principal()
    if about["subject"] is not None and principal is not None:
        watch(principal, found[0])
    try:
        ciphers(ids)
        return {record.pk: _opened(record, fields) for record in found}
    except VaultError:
        record_access("broken", **about)
        raise


def _opened(record: models.Model, fields: Sequence[SealedField]) -> Opened:
    values = {}
    for field in fields:
        value = getattr(record, field.attname)
        values[field.name] = field.unseal(record, value) if isinstance(value, Sealed) else value
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

"""Fields that are sealed at rest, and the privacy class of every field.

    class Note(MatterModel):
        text = SensitiveText(group="notes")

    note = Note.objects.create(**case.matter.columns, text="…")     # sealed on the way in
    note.text                                             # <sealed>: nothing reads it by accident
    open_one(note, "text", purpose="case page").text   # recorded, then opened

A model with such fields has a `matter_id` (the key) and a UUID primary key known before it is saved (the
place). Privacy classes, from least to most:

- public: may be shown to anyone;
- internal: for staff, never names or stories (status, dates of work, counts, ids);
- personal: identifies someone (names, contact, birth date, A-number);
- sensitive: can get someone hurt (the story, who is feared, arrival and entry, conflicts).
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from foundation.vault import envelope
from foundation.vault.keys import VaultError, cipher

PUBLIC, INTERNAL, PERSONAL, SENSITIVE = "public", "internal", "personal", "sensitive"
CLASSES = (PUBLIC, INTERNAL, PERSONAL, SENSITIVE)


class Sealed:
    """A value as it lies in the database. It prints as nothing and compares as nothing."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = blob

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    def __bool__(self) -> bool:
        raise VaultError("A sealed value was asked whether it is empty: open it first.")


class SealedField(models.BinaryField):
    """A value kept as an envelope. `group` names what is opened together (identity, contact, …).

    `bound_to` is the "table.column" that values are bound to where one of them has been renamed since.
    """

    privacy = SENSITIVE

    def __init__(self, *args: Any, group: str = "", bound_to: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        self.group, self.bound_to = group, bound_to
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        kwargs.pop("choices", None)
        return name, path, args, kwargs

    def _check_str_default_value(self) -> list[Any]:
        return []  # the default is plain: it is sealed like any other value

    # Plain value to bytes and back; subclasses for JSON change these two.
    def encode(self, value: Any) -> bytes:
        return str(value).encode()

    def decode(self, plain: bytes) -> Any:
        return plain.decode()

    def get_default(self) -> Any:
        return self._get_default()  # type: ignore[attr-defined]

    def place(self, row: models.Model) -> bytes:
        """Name where a row's value belongs: matter, column, row."""
        matter_id: UUID = row.matter_id  # type: ignore[attr-defined]
        column = self.bound_to or f"{self.model._meta.db_table}.{self.column}"
        return f"{matter_id}|{column}|{row.pk}".encode()

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal a plain value; a value that came sealed from the database goes back as it is."""
        value = getattr(model_instance, self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        key = cipher(model_instance.matter_id)  # type: ignore[attr-defined]
        sealed = Sealed(envelope.seal(self.encode(value), key=key, place=self.place(model_instance)))
        setattr(model_instance, self.attname, sealed)
        return sealed

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed: save the row instead of update(), and never filter.")
        return super().get_db_prep_value(value.blob, connection, prepared)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.name} is sealed and is not serialized.")

    def unseal(self, row: models.Model, value: Sealed) -> Any:
        """Open a row's value. Only `opening.py` calls this: it has put the reading on record."""
        key = cipher(row.matter_id)  # type: ignore[attr-defined]
        return self.decode(envelope.unseal(value.blob, key=key, place=self.place(row)))


class SealedText(SealedField):
    """Sealed text; empty unless given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not kwargs.get("null"):
            kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)


class SealedJSON(SealedField):
    """Sealed JSON."""

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode()

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain)


class PersonalText(SealedText):
    """Text that identifies someone."""

    privacy = PERSONAL


class PersonalJSON(SealedJSON):
    """A JSON value that identifies someone."""

    privacy = PERSONAL


class SensitiveText(SealedText):
    """Text that can get someone hurt."""


class SensitiveJSON(SealedJSON):
    """A JSON value that can get someone hurt."""


def sealed_fields(model: type[models.Model]) -> dict[str, SealedField]:
    """Return {name: field} of a model's sealed fields."""
    return {f.name: f for f in model._meta.concrete_fields if isinstance(f, SealedField)}


def privacy_of(field: Any) -> str | None:
    """Return the privacy class of a model field, or None where nobody declared one.

    A sealed field says so by its type; for the rest the model lists its names:
    `PRIVACY = {"internal": "id status opened_at"}`, its own and what it inherits.
    """
    if isinstance(field, SealedField):
        return field.privacy
    for model in field.model.__mro__:
        declared: dict[str, str] = vars(model).get("PRIVACY", {})
        for name, fields in declared.items():
            if field.name in fields.split():
                return name
    return None


def undeclared(model: type[models.Model]) -> Iterable[str]:
    """Yield the names of the model's fields that carry no privacy class."""
    for field in model._meta.concrete_fields:
        if privacy_of(field) is None:
            yield field.name

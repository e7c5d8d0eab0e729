"""The one place that knows how personal data are kept.

Every personal or sensitive value of the project is held in one of these fields. Today they are plain
columns; encryption changes this module and nothing else.

Privacy classes, from least to most:

- public: may be shown to anyone;
- internal: for staff, never names or stories (status, dates of work, counts, ids);
- personal: identifies someone (names, contact, birth date, A-number);
- sensitive: can get someone hurt (the story, who is feared, arrival and entry, conflicts).
"""

from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

PUBLIC, INTERNAL, PERSONAL, SENSITIVE = "public", "internal", "personal", "sensitive"
CLASSES = (PUBLIC, INTERNAL, PERSONAL, SENSITIVE)


class PersonalText(models.TextField):
    """Text that identifies someone."""

    privacy = PERSONAL


class PersonalJSON(models.JSONField):
    """A JSON value that identifies someone."""

    privacy = PERSONAL

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("encoder", DjangoJSONEncoder)
        super().__init__(*args, **kwargs)


class SensitiveText(models.TextField):
    """Text that can get someone hurt."""

    privacy = SENSITIVE


class SensitiveJSON(PersonalJSON):
    """A JSON value that can get someone hurt."""

    privacy = SENSITIVE


def privacy_of(field: models.Field) -> str | None:
    """Return the privacy class of a model field, or None where nobody declared one.

    A personal or sensitive field says so by its type; for the rest the model lists its names:
    `PRIVACY = {"internal": "id status opened_at"}`.
    """
    by_type = getattr(field, "privacy", None)
    if by_type:
        return str(by_type)
    declared: dict[str, str] = getattr(field.model, "PRIVACY", {})
    return next((cls for cls, names in declared.items() if field.name in names.split()), None)


def undeclared(model: type[models.Model]) -> Iterable[str]:
    """Yield the names of the model's fields that carry no privacy class."""
    for field in model._meta.concrete_fields:
        if privacy_of(field) is None:
            yield field.name

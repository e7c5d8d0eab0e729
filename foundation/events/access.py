"""Record who looked, on a connection of its own: a request that fails leaves its record all the same."""

from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.utils import timezone

from foundation.database.principal import Unbound, bound_principal

# Set for each request, so that the records of one request can be found together. Says nothing of the person.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def record_access(
    action: str,
    *,
    matter_id: UUID | None = None,
    matter_ids: list[UUID] | None = None,
    subject: models.Model | None = None,
    model: str = "",
    subject_id: str = "",
    group: str = "",
    fields: list[str] | None = None,
    count: int = 1,
    purpose: str = "",
) -> None:
    """Write one access record and commit it.

    `action` is "opened", "compared" (opened, and shown to nobody), "broken" (did not open) or "denied".
    `matter_ids` are those of a list over several. Field names, ids and codes only. If it cannot be written,
    this raises and nothing is opened.
    """
    principal = bound_principal()
    if principal is None:
        raise Unbound("A reading was recorded with no principal bound.")
    values: dict[str, Any] = {
        "at": timezone.now(),
        "action": action,
        "actor": principal.actor,
        "role": principal.role,
        "office_id": principal.office_id,
        "file_id": matter_id,
        "subject_type": subject._meta.label if subject else model,
        "subject_id": (str(subject.pk) if subject else subject_id)[:40],
        "group": group,
        "fields": " ".join(fields or [])[:300],
        "count": count,
        "purpose": purpose[:60],
        "request_id": request_id.get(),
        "file_ids": matter_ids,
    }
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    with connections["audit"].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO events_accessrecord ({columns}) VALUES ({marks})",  # noqa: S608  our own names
            list(values.values()),
        )

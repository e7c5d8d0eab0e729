"""Record who looked, on a connection of its own: a request that fails leaves its record all the same.

A record is committed before anything opens; where a page gathers, before anything of it leaves (ADR 56).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.utils import timezone

from foundation.database.principal import Unbound, bound_principal

# Set for each request, so that the records of one request can be found together. Says nothing of the person.
request_id: ContextVar[str] = ContextVar("request_id", default="")
_gathered: ContextVar[list[dict[str, Any]] | None] = ContextVar("gathered", default=None)
OF_VALUES = ("opened", "compared")  # what may wait for the rest of its page; a refusal never does


@contextmanager
def gathered() -> Iterator[None]:
    """Write the records of everything that is opened within in one statement at the end.

    For whoever builds a page and gives nothing of it away before. Whatever fails within, the records are
    written; if they cannot be, this raises and the page is not shown.
    """
    if _gathered.get() is not None:
        yield
        return
    token = _gathered.set([])
    try:
        try:
            yield
        finally:
            write_gathered()
    finally:
        _gathered.reset(token)  # also where they could not be written: the next page has a list of its own


def write_gathered() -> None:
    """Write what was gathered until now, for whoever has to read the records."""
    waiting = _gathered.get()
    if waiting:
        _write(waiting)
        waiting.clear()


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
    """Write one access record and commit it, or leave it to the page that gathers them.

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
    waiting = _gathered.get()
    if waiting is not None and action in OF_VALUES:
        waiting.append(values)
        return
    write_gathered()
    _write([values])


def _write(records: list[dict[str, Any]]) -> None:
    columns = ", ".join(f'"{name}"' for name in records[0])
    marks = ", ".join(["%s"] * len(records[0]))
    rows = ", ".join([f"({marks})"] * len(records))
    with connections["audit"].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO events_accessrecord ({columns}) VALUES {rows}",  # noqa: S608  our own names
            [value for values in records for value in values.values()],
        )

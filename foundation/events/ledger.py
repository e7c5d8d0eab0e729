"""Record what happened, and announce it to whoever listens."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg.types.json import Jsonb

from foundation.events.models import Event
from foundation.events.registry import known
from foundation.work.nudging import wake

Handler = Callable[[Event], None]
DELIVERIES = "deliveries"  # the line that carries them: relay.py

_handlers: dict[str, Handler] = {}
_listeners: dict[str, list[str]] = {}


class NotInTransaction(RuntimeError):
    """record() was called outside the action's transaction."""


def on(event_name: str, *, key: str) -> Callable[[Handler], Handler]:
    """Subscribe a handler to an event under a key that never changes.

    A handler changes only our own database; it runs in the transaction that marks its delivery done.
    Raises UnknownEvent when no app lists the event.
    """
    known(event_name)

    def register(handler: Handler) -> Handler:
        known = _handlers.setdefault(key, handler)
        if known.__module__ != handler.__module__:
            raise RuntimeError(f"two handlers share the key {key!r}")
        _handlers[key] = handler
        if key not in _listeners.setdefault(event_name, []):
            _listeners[event_name].append(key)
        return handler

    return register


def listened_to() -> dict[str, list[str]]:
    """Return which handlers, by their keys, hear each event."""
    return _listeners


def handler_for(key: str) -> Handler:
    """Return the handler registered under a key; KeyError if the code no longer has it."""
    return _handlers[key]


def actor_of(by: Any) -> str:
    """Name who acted: "user:7" for a signed-in person, or a word such as "applicant" or "system:relay"."""
    return by if isinstance(by, str) else f"user:{by.pk}"


def record(
    name: str,
    subject: models.Model,
    *,
    by: Any,
    at: datetime | None = None,
    data: dict[str, Any] | None = None,
    is_heard: bool = True,
) -> Event:
    """Write an event and one delivery per listener, inside the caller's transaction.

    Not `is_heard` where the caller knows that no listener can have anything to change: none is owed then.
    `name` is one that an app lists in its events.py. `data` may hold ids, codes and counts only. The
    relay is nudged once the transaction commits; if the broker is down the row waits for the sweep.
    Raises UnknownEvent, and NotInTransaction.
    """
    known(name)
    if not connection.in_atomic_block:
        raise NotInTransaction(name)
    now = at or timezone.now()
    event = Event(
        name=name,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        office_id=getattr(subject, "office_id", None),
        matter_id=getattr(subject, "matter_id", None),
        actor=actor_of(by),
        data=data or {},
        at=now,
    )
    keys = list(_listeners.get(name, ())) if is_heard else []
    _insert(event, keys)
    if keys:
        wake(DELIVERIES)
    return event


def _insert(event: Event, keys: list[str]) -> None:
    """Write the event and what is owed for it; without RETURNING, since not every writer may read."""
    values: list[Any] = [event.id, event.name, event.subject_type, event.subject_id, event.office_id]
    values += [event.matter_id, event.actor, Jsonb(event.data), event.at]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_event"
            " (id, name, subject_type, subject_id, office_id, file_id, actor, data, at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            values,
        )
        if keys:
            cursor.execute(
                "INSERT INTO events_delivery (event_id, office_id, handler, attempts, next_try_at, error)"
                " SELECT %s, %s, key, 0, %s, '' FROM unnest(%s::text[]) AS key",
                [event.id, event.office_id, event.at, keys],
            )

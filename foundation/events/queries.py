"""Reads over the ledger and the outbox."""

from django.db.models import Model, QuerySet

from foundation.events.models import Event
from foundation.events.registry import everyday


def history_of(*things: Model) -> list[Event]:
    """Return the events of these things, newest first (at most 200)."""
    wanted = {(thing._meta.label, str(thing.pk)) for thing in things}
    ids = [pk for _, pk in wanted]
    events = Event.objects.filter(subject_id__in=ids).order_by("-at")[:200]
    return [event for event in events if (event.subject_type, event.subject_id) in wanted]


def office_events(office_id: int) -> QuerySet[Event]:
    """Return an office's events, newest first, without what comes all day long."""
    return Event.objects.filter(office_id=office_id).exclude(name__in=everyday()).order_by("-at")

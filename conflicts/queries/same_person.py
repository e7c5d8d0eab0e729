"""Reads over matters that were put together."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from conflicts.models import SamePerson


def put_away() -> QuerySet[SamePerson, Any]:
    """Return the matters that point to another of the same person, to leave out of lists."""
    return SamePerson.objects.filter(undone_at=None).values("other_matter_id")


def pointers_of(matter_id: uuid.UUID) -> QuerySet[SamePerson]:
    """Return with which matters this one was put together, whichever of them goes on."""
    return SamePerson.objects.filter(Q(matter_id=matter_id) | Q(other_matter_id=matter_id), undone_at=None)

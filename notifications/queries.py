"""Reads over messages."""

from typing import Any

from django.db.models import QuerySet

from foundation.accounts.models import User
from notifications.models import Channel, Message, Reach


def inbox_of(user: User) -> QuerySet[Message]:
    """Return someone's in-app messages, newest first."""
    return Message.objects.filter(user=user, channel=Channel.IN_APP).order_by("-queued_at")


def unread_count(user: User) -> int:
    return inbox_of(user).filter(read_at=None).count()


def has_news(matter_id: Any) -> bool:
    """Tell whether anything was said to the applicant of this matter."""
    applicants = Message.objects.filter(matter_id=matter_id, user=None)
    return applicants.filter(channel=Channel.IN_APP).exists()


def reach_of(matter_id: Any) -> Reach | None:
    """Return how the person of a matter may be reached, or None if they said nothing."""
    return Reach.objects.filter(matter_id=matter_id).first()

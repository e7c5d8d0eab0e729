"""Reads over messages."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from foundation.accounts.models import Office, User
from notifications.kinds import POSTED
from notifications.models import Channel, Message, Reach
from notifications.wording import Words, fit_words, words_of


def inbox_of(user: User) -> QuerySet[Message]:
    """Return someone's in-app messages, newest first."""
    return Message.objects.filter(user=user, channel=Channel.IN_APP).order_by("-queued_at")


Details = Callable[[User, list[Message]], dict[uuid.UUID, str]]
_details: list[Details] = []


def add_details(details: Details) -> Details:
    """Let an app above say what of a matter stands beside a message in the app, and nowhere else.

    It returns {message id: words} in the reader's language, only of what this reader may see.
    """
    if details not in _details:
        _details.append(details)
    return details


@dataclass(frozen=True)
class InboxLine:
    """A message as its reader sees it in the app; `detail` may tell of the person, and is never sent."""

    message: Message
    words: Words
    detail: str


def inbox_lines(user: User, *, newest: int = 100) -> list[InboxLine]:
    """Return someone's newest in-app messages with what is known beside them."""
    messages = list(inbox_of(user)[:newest])
    told: dict[uuid.UUID, str] = {}
    for details in _details:
        told.update(details(user, messages))
    said = worded(messages, user.office)
    return [InboxLine(message, said[message.pk], told.get(message.pk, "")) for message in messages]


def worded(messages: list[Message], office: Office | None) -> dict[uuid.UUID, Words]:
    """Return what messages of one office say in the active language: {message id: words}."""
    language = str(get_language())
    own = fit_words(office.pk, [language]) if office and messages else {}
    phone = office.phone if office else ""
    return {one.pk: words_of(one, own, language=language, phone=phone) for one in messages}


def unread_count(user: User) -> int:
    return inbox_of(user).filter(read_at=None).count()


def said_to(matter_id: Any) -> list[Message]:
    """Return what was said to the applicant of this matter, newest first.

    That words wait on their return page is left out: there they stand themselves.
    """
    applicants = Message.objects.filter(matter_id=matter_id, user=None, channel=Channel.IN_APP)
    return list(applicants.exclude(kind=POSTED).order_by("-queued_at"))


def reach_of(matter_id: Any) -> Reach | None:
    """Return how the person of a matter may be reached, or None if they said nothing."""
    return Reach.objects.filter(matter_id=matter_id).first()

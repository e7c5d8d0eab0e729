"""Queue messages and read them; the worker sends them (work.py)."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import Invitation, User
from foundation.work.nudging import wake
from notifications.models import Channel, Message, Status

MAIL = "mail"  # the line of what is to be sent


@transaction.atomic
def notify_user(user: User, *, kind: str, link: str = "", at: datetime | None = None) -> None:
    """Tell a signed-in person, in the app and by e-mail, in their language."""
    now = at or timezone.now()
    office = user.office
    if office is None:
        return  # someone who has left is told nothing
    common: dict[str, Any] = {
        "user": user,
        "office": office,
        "file_id": office.file_id,
        "kind": kind,
        "language": user.language,
        "link": link,
        "queued_at": now,
    }
    Message.objects.create(channel=Channel.IN_APP, status=Status.SENT, sent_at=now, **common)
    Message.objects.create(channel=Channel.EMAIL, address=user.email, next_try_at=now, **common)
    wake(MAIL)


@transaction.atomic
def notify_applicant(
    applicant_id: uuid.UUID,
    *,
    file: dict[str, Any],
    kind: str,
    language: str,
    email: str,
    at: datetime | None = None,
) -> None:
    """Tell an applicant: on their return page always, by e-mail only if `email` is a safe address."""
    now = at or timezone.now()
    common: dict[str, Any] = {
        **file,
        "applicant_id": applicant_id,
        "kind": kind,
        "language": language,
        "queued_at": now,
    }
    Message.objects.create(channel=Channel.IN_APP, status=Status.SENT, sent_at=now, **common)
    if email:
        Message.objects.create(channel=Channel.EMAIL, address=email, next_try_at=now, **common)
        wake(MAIL)
    else:
        Message.objects.create(channel=Channel.EMAIL, status=Status.SUPPRESSED, **common)


@transaction.atomic
def notify_invited(invitation: Invitation) -> None:
    """Mail someone the link that makes their account; nobody is told twice, and nobody too late."""
    if invitation.accepted_at or invitation.expires_at <= timezone.now():
        return
    Message.objects.create(
        office=invitation.office,
        file_id=invitation.office.file_id,
        invitation=invitation,
        channel=Channel.EMAIL,
        address=invitation.email,
        kind="invited",
        language=invitation.invited_by.language,
        queued_at=invitation.invited_at,
        next_try_at=invitation.invited_at,
    )
    wake(MAIL)


@transaction.atomic
def mark_all_read(user: User, *, at: datetime) -> None:
    """Mark everything in someone's inbox as read."""
    Message.objects.filter(user=user, channel=Channel.IN_APP, read_at=None).update(read_at=at)

"""Queue messages, send them, read them."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from foundation.accounts.models import Invitation, User
from foundation.events.ledger import nudge
from foundation.vault.opening import open_record
from notifications.clients.mail import Mail, MailClient
from notifications.models import Channel, Message, Status

MAX_ATTEMPTS = 6
LEASE = timedelta(minutes=2)


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
        "next_try_at": now,
    }
    Message.objects.create(channel=Channel.IN_APP, status=Status.SENT, sent_at=now, **common)
    Message.objects.create(channel=Channel.EMAIL, address=user.email, **common)
    nudge("notifications.tasks.send_due_messages")


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
        "next_try_at": now,
    }
    Message.objects.create(channel=Channel.IN_APP, status=Status.SENT, sent_at=now, **common)
    if email:
        Message.objects.create(channel=Channel.EMAIL, address=email, **common)
        nudge("notifications.tasks.send_due_messages")
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
    nudge("notifications.tasks.send_due_messages")


def send_due(*, client: MailClient, at: datetime, limit: int = 100) -> int:
    """Send what is due: claim in one transaction, send outside any, note the result in another.

    At least once: a worker that dies between sending and noting sends that message again, with the
    same Message-ID.
    """
    for sent in range(limit):
        message = _claim(at=at)
        if message is None:
            return sent
        _send(message, client=client)
    return limit


@transaction.atomic
def _claim(*, at: datetime) -> Message | None:
    """Take one due message; one left in `sending` by a dead worker is due again after its lease."""
    due = Message.objects.select_for_update(skip_locked=True).filter(
        channel=Channel.EMAIL, status__in=[Status.QUEUED, Status.SENDING], next_try_at__lte=at
    )
    message = due.order_by("next_try_at").first()
    if message is None:
        return None
    attempts, lease = message.attempts + 1, at + LEASE * 2**message.attempts
    if message.status == Status.QUEUED:
        Message.LIFE.move(
            message,
            Status.SENDING,
            by="system:mail",
            event="notifications.message_sending",
            attempts=attempts,
            next_try_at=lease,
        )
    else:
        Message.objects.filter(pk=message.pk).update(attempts=attempts, next_try_at=lease)
        message.attempts = attempts
    return message


def _send(message: Message, *, client: MailClient) -> None:
    try:
        with transaction.atomic():
            address = open_record(message, "address", purpose="send").address
        with translation.override(message.language):
            mail = Mail(to=address, subject=message.title, body=message.body, key=str(message.pk))
        client.send(mail)
    except Exception as error:  # noqa: BLE001  whatever the mail server did, the row must say so
        _failed(message, type(error).__name__)
    else:
        with transaction.atomic():
            Message.LIFE.move(
                message,
                Status.SENT,
                by="system:mail",
                event="notifications.message_sent",
                sent_at=timezone.now(),
                error="",
            )


@transaction.atomic
def _failed(message: Message, error: str) -> None:
    """Put the message back in line, or give up after six tries."""
    over = message.attempts >= MAX_ATTEMPTS
    Message.LIFE.move(
        message,
        Status.FAILED if over else Status.QUEUED,
        by="system:mail",
        event="notifications.message_failed" if over else "notifications.message_delayed",
        data={"error": error},
        error=error,
    )


@transaction.atomic
def mark_all_read(user: User, *, at: datetime) -> None:
    """Mark everything in someone's inbox as read."""
    Message.objects.filter(user=user, channel=Channel.IN_APP, read_at=None).update(read_at=at)


@transaction.atomic
def retry_message(message: Message, *, by: User, at: datetime) -> None:
    """Put a failed message back in line."""
    Message.LIFE.move(
        message,
        Status.QUEUED,
        by=by,
        event="notifications.message_retried",
        attempts=0,
        next_try_at=at,
    )
    nudge("notifications.tasks.send_due_messages")

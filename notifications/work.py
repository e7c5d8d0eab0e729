"""Send what is to be sent: outside any transaction, at least once, a second copy with the same Message-ID."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from foundation.vault.opening import open_record
from foundation.work.line import Line, register
from foundation.work.models import DONE
from notifications.actions import MAIL
from notifications.clients.mail import DjangoMail, Mail, MailClient
from notifications.models import Message, Status


def send(message: Message, *, client: MailClient) -> None:
    """Mail a message in its person's language."""
    with transaction.atomic():
        address = open_record(message, "address", purpose="send").address
    with translation.override(message.language):
        mail = Mail(to=address, subject=message.title, body=message.body, key=str(message.pk))
    client.send(mail)


def sent(message: Message, _result: Any) -> None:
    """Note that a message was sent."""
    event = "notifications.message_sent"
    Message.LIFE.move(message, Status.SENT, by="system:mail", event=event, sent_at=timezone.now(), **DONE)


def given_up(message: Message, *, by: Any, at: datetime) -> None:
    """Note that a message will not be sent any more."""
    Message.LIFE.move(message, Status.FAILED, by=by, event="notifications.message_failed", **DONE)


def line(client: MailClient) -> Line[Message]:
    """Return the line of mails, sent by a client."""
    return Line(
        key=MAIL,
        model=Message,
        title=_("A mail to someone"),
        detail=lambda message: message.title,
        work=partial(send, client=client),
        keep=sent,
        given_up=given_up,
    )


register(line(DjangoMail()))

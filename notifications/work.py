"""Send what is to be sent: outside any transaction, at least once, a second copy with the same key.

Whether it may go, and where, is asked at the last moment (reach.py). What may not go is suppressed, with the
reason; it has not failed, and nobody tries again.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from foundation.work.line import Line, register
from foundation.work.models import DONE
from notifications.actions import MAIL
from notifications.channels import CARRIERS
from notifications.channels.carrier import Client, Outgoing
from notifications.models import Message, Status
from notifications.reach import Verdict, way_of
from notifications.wording import fit_words, words_of


def send(message: Message, *, client: Client | None = None) -> Verdict:
    """Send a message in its person's language where it may go now, and return where, or why it did not."""
    with transaction.atomic():
        verdict = way_of(message, at=timezone.now())
        outgoing = _outgoing(message, verdict.address) if verdict.allowed else None
    client = client or CARRIERS[message.channel].client
    if outgoing and client:
        client.send(outgoing)
    return verdict


def _outgoing(message: Message, address: str) -> Outgoing:
    """Return what leaves the house: in the office's own words as they stand now, where it has some."""
    language = message.language
    own, phone = fit_words(message.office_id, [language]), message.office.phone
    with translation.override(language):
        words = words_of(message, own, language=language, phone=phone)
    return Outgoing(to=address, subject=words.title, body=words.body, key=str(message.pk))


def sent(message: Message, verdict: Verdict) -> None:
    """Note that a message was sent, or why it was not."""
    if not verdict.allowed:
        suppressed(message, reason=verdict.reason)
        return
    event = "notifications.message_sent"
    Message.LIFE.move(message, Status.SENT, by="system:mail", event=event, sent_at=timezone.now(), **DONE)


def suppressed(message: Message, *, reason: str) -> None:
    """Note that a message may not be sent; who must know, listens to the event."""
    Message.LIFE.move(
        message,
        Status.SUPPRESSED,
        by="system:mail",
        event="notifications.message_suppressed",
        data={"reason": str(reason)},
        reason=str(reason),
        **DONE,
    )


def given_up(message: Message, *, by: Any, at: datetime) -> None:
    """Note that a message will not be sent any more."""
    Message.LIFE.move(message, Status.FAILED, by=by, event="notifications.message_failed", **DONE)


def line(client: Client | None = None) -> Line[Message]:
    """Return the line of what is to be sent, each by its channel's client, or all by this one."""
    return Line(
        key=MAIL,
        model=Message,
        title=_("A mail to someone"),
        detail=lambda message: message.title,
        work=partial(send, client=client),
        keep=sent,
        given_up=given_up,
        related=("user", "invitation", "office"),
    )


register(line())

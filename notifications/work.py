"""Send what is to be sent: outside any transaction, at least once, a second copy with the same key.

Whether it may go, and where, is asked at the last moment (reach.py). What may not go is suppressed, with the
reason; it has not failed, and nobody tries again.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from foundation.work.line import Line, register
from foundation.work.models import DONE
from notifications.actions import MAIL
from notifications.channels import CARRIERS
from notifications.channels.carrier import Client, Outgoing
from notifications.models import Message, Reason, Status
from notifications.particulars import particulars_of
from notifications.reach import Verdict, way_of
from notifications.wording import fit_words, words_of


@dataclass(frozen=True)
class Sent:
    """What became of a try: the verdict, and what the other side calls the message where it went."""

    verdict: Verdict
    gateway_key: str = ""


def send(message: Message, *, client: Client | None = None) -> Sent:
    """Send a message in its person's language where it may go now, and return where, or why it did not."""
    with transaction.atomic():
        at = timezone.now()
        verdict = way_of(message, at=at)
        outgoing = _outgoing(message, verdict, at=at) if verdict.allowed else None
    if verdict.allowed and outgoing is None:
        return Sent(Verdict(reason=Reason.LATE))
    client = client or CARRIERS[verdict.channel or message.channel].client
    key = client.send(outgoing) if outgoing and client else ""
    return Sent(verdict, key or "")


def _outgoing(message: Message, verdict: Verdict, *, at: datetime) -> Outgoing | None:
    """Return what leaves the house, in the office's own words where it has some; None where it is over.

    What it is about stands in its first line where they said that it may, and otherwise nowhere.
    """
    language, says = message.language, particulars_of(message.kind)
    own, phone = fit_words(message.office_id, [language]), message.office.phone
    with translation.override(language):
        words = words_of(message, own, language=language, phone=phone)
        line = says(message.about, at) if says and message.about else ""
    if says and message.about and not line:
        return None
    body = f"{line}\n{words.body}" if line and verdict.may_say else words.body
    alias = message.applicant_id is not None
    return Outgoing(to=verdict.address, subject=words.title, body=body, key=str(message.pk), alias=alias)


def sent(message: Message, what: Sent) -> None:
    """Note that a message was sent, why it was not, or until when it waits."""
    verdict = what.verdict
    if verdict.later:
        put_off(message, until=verdict.later)
    elif not verdict.allowed:
        suppressed(message, reason=verdict.reason)
    else:
        how = {"channel": verdict.channel or message.channel, "gateway_key": what.gateway_key}
        event = "notifications.message_sent"
        moved = {**how, "sent_at": timezone.now(), **DONE}
        Message.LIFE.move(message, Status.SENT, by="system:mail", event=event, **moved)


def put_off(message: Message, *, until: datetime) -> None:
    """Let a message wait, with all its tries, for an hour that is safe; then everything is asked anew."""
    later = {"next_try_at": until, "held_until": until, "attempts": 0}
    Message.objects.filter(pk=message.pk).update(**later)
    message.next_try_at = until


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
        held=Q(next_try_at=F("held_until")),
    )


register(line())

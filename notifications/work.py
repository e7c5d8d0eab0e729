"""Send what is to be sent: outside any transaction, at least once, a second copy with the same key.

Whether it may go, and where, is asked at the last moment (reach.py). What may not go is suppressed, with the
reason; it has not failed, and nobody tries again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from foundation.events.ledger import record
from foundation.work.line import Line, register
from foundation.work.models import DONE
from notifications.actions import MAIL, mark_dead_way
from notifications.arrivals import LINE as ARRIVALS_LINE
from notifications.channels import CARRIERS
from notifications.channels.carrier import Client, NoSuchAddress, Outgoing
from notifications.digests import lines_of
from notifications.kinds import AT_ONCE, DAY_DIGEST, KINDS, WEEK_DIGEST
from notifications.models import Channel, Message, Reason, Status
from notifications.particulars import particulars_of
from notifications.preferences import preference_of
from notifications.reach import Verdict, way_of, why_not_mailed
from notifications.wording import Words, fit_words, words_of

MOST, LEASE = 50, timedelta(seconds=settings.MAIL_LEASE_SECONDS)
ALONE = AT_ONCE | {DAY_DIGEST, WEEK_DIGEST}  # what goes in no mail with others


@dataclass(frozen=True)
class Sent:
    """What became of a try: the verdict, what the other side calls the message, which others went with it."""

    verdict: Verdict
    gateway_key: str = ""
    others: tuple[Message, ...] = ()


def send(message: Message, *, client: Client | None = None) -> Sent:
    """Send a message in its person's language where it may go now, and return where, or why it did not."""
    with transaction.atomic():
        at = timezone.now()
        verdict = way_of(message, at=at)
        others = _others(message, at=at) if verdict.allowed else ()
        outgoing = _outgoing(message, verdict, others, at=at) if verdict.allowed else None
    if verdict.allowed and outgoing is None:
        return Sent(Verdict(reason=Reason.LATE))
    client = client or CARRIERS[verdict.channel or message.channel].client
    try:
        key = client.send(outgoing) if outgoing and client else ""
    except NoSuchAddress:
        return Sent(Verdict(reason=Reason.BOUNCED, channel=verdict.channel))
    return Sent(verdict, key or "", others)


def _others(message: Message, *, at: datetime) -> tuple[Message, ...]:
    """Take what waits for the same colleague since a mail went to them: it goes in this one.

    They keep their place for a lease, as a claim would: if this worker dies they go by themselves.
    """
    if message.user is None or message.kind in ALONE:
        return ()
    waiting = Message.objects.filter(user=message.user_id, status=Status.QUEUED, channel=Channel.EMAIL)
    held = waiting.filter(held_until__lte=at, next_try_at__lte=at, stuck_at=None).exclude(pk=message.pk)
    wants = preference_of(message.user)
    waits = held.exclude(kind__in=ALONE).select_for_update(skip_locked=True)[:MOST]
    rows = tuple(one for one in waits if not why_not_mailed(one, wants))
    Message.objects.filter(pk__in=[one.pk for one in rows]).update(next_try_at=at + LEASE)
    return rows


def _outgoing(
    message: Message, verdict: Verdict, others: Iterable[Message], *, at: datetime
) -> Outgoing | None:
    """Return what leaves the house, in the office's own words where it has some; None where it is over.

    What it is about stands in its first line where they said that it may, and otherwise nowhere.
    """
    language, says = message.language, particulars_of(message.kind)
    own, phone = fit_words(message.office_id, [language]), message.office.phone
    with translation.override(language):
        words = words_of(message, own, language=language, phone=phone)
        line = says(message.about, at) if says and message.about else ""
        lines = lines_of(message)
        if others:
            words = _together(
                [words, *(words_of(one, own, language=language, phone=phone) for one in others)]
            )
    if (says and message.about and not line) or lines == "":
        return None
    body = f"{line}\n{words.body}" if line and verdict.may_say else words.body
    body = f"{body}\n\n{lines}" if lines else body
    alias = message.applicant_id is not None
    return Outgoing(to=verdict.address, subject=words.title, body=body, key=str(message.pk), alias=alias)


def _together(several: list[Words]) -> Words:
    """Return one message that says several in one line each."""
    title = _("You have %(n)s new messages") % {"n": len(several)}
    lines = "\n".join(f"- {one.title}" for one in several)
    return Words(title, f"{lines}\n\n{_('Sign in to read them.')}")


def sent(message: Message, what: Sent) -> None:
    """Note that a message was sent, why it was not, or until when it waits."""
    verdict = what.verdict
    if verdict.later:
        put_off(message, until=verdict.later)
    elif not verdict.allowed:
        if verdict.reason == Reason.BOUNCED and verdict.channel:
            mark_dead_way(message, channel=verdict.channel)
        suppressed(message, reason=Reason.COURTESY if KINDS[message.kind].courtesy else verdict.reason)
    else:
        how = {"channel": verdict.channel or message.channel, "gateway_key": what.gateway_key}
        event = "notifications.message_sent"
        moved = {**how, "sent_at": timezone.now(), **DONE}
        Message.LIFE.move(message, Status.SENT, by="system:mail", event=event, **moved)
        if message.about and message.applicant_id and not verdict.may_say:
            record("notifications.message_plain", message, by="system:mail", data={"kind": message.kind})
        for other in what.others:
            if other.status == Status.QUEUED:
                suppressed(other, reason=Reason.TOGETHER)


def put_off(message: Message, *, until: datetime) -> None:
    """Let a message wait, with all its tries, for an hour that is safe; then everything is asked anew."""
    if until == message.next_try_at:  # the end of the lease by chance: the line would take it for not put off
        until += timedelta(microseconds=1)
    later = {"next_try_at": until, "held_until": until, "held_at": timezone.now(), "attempts": 0}
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
        title=_lazy("A mail to someone"),
        detail=lambda message: message.title,
        work=partial(send, client=client),
        keep=sent,
        given_up=given_up,
        related=("user", "invitation", "office"),
        held=Q(next_try_at=F("held_until")),
        held_at="held_at",
        lease=LEASE,
    )


register(line())
register(ARRIVALS_LINE)

"""What comes in: taken at the door in one insert, then by the worker to the matter whose way it came by.

What the other side keeps of it is deleted there at a second turn.
A copy has the same key and is none. An answer that asks us to stop, in any language on offer, or says that
the way is not safe, is obeyed in the transaction that takes it.
"""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import office_matter
from foundation.accounts.models import Office
from foundation.events.ledger import record
from foundation.vault.blind import blind_index
from foundation.vault.box import open_text, seal_text
from foundation.work.line import Line
from foundation.work.models import in_line
from foundation.work.nudging import wake
from notifications.actions import note_returned, stop_reach
from notifications.channels import CARRIERS
from notifications.channels.carrier import Forgetful
from notifications.data import keywords
from notifications.gateway import Came, unpacked
from notifications.inbound_models import Arrival, By, Placed, Reply
from notifications.models import Channel, Fate, Message, Reach, Stop
from notifications.rules import plain

ARRIVALS = "arrivals"
PURPOSE = "arrival"
KEPT = timedelta(days=30)  # for which a copy is known as one
STOPS = {"stop": Stop.OPTED_OUT, "unsafe": Stop.UNSAFE}
NAMESPACE = uuid.UUID("6b2f5f0e-5d6a-4a57-9d0c-3f1f6f6c2a11")


class NotSentYet(Exception):
    """A report came before the message it is about was noted as sent: a later try knows it."""


def take_in(came: list[Came], *, office: Office, at: datetime) -> None:
    """Keep what came until the worker takes it; a copy of what is there is none."""
    rows = [
        Arrival(
            id=uuid.uuid5(NAMESPACE, f"{one.kind}:{one.id}"),
            office=office,
            content=seal_text(PURPOSE, one.packed()),
            came_at=at,
            **in_line(at),
        )
        for one in came
    ]
    Arrival.objects.bulk_create(rows, ignore_conflicts=True)
    wake(ARRIVALS)


def forget(arrival: Arrival) -> None:
    """Have the other side delete what was taken in at an earlier turn; nothing at the first one."""
    client = CARRIERS[Channel.TEXT].client
    if arrival.to_forget and isinstance(client, Forgetful):
        client.forget(arrival.to_forget)


def place(arrival: Arrival, _result: Any) -> None:
    """Take an arrival to its matter, once; in the transaction that takes it out of the line.

    Where the other side still has it, it gets in line once more, to be deleted there. Raises NotSentYet for a
    report that came too early.
    """
    if arrival.to_forget:
        Arrival.objects.filter(pk=arrival.pk).update(to_forget="")
        return
    came = unpacked(open_text(PURPOSE, arrival.content))
    if came.kind == "report":
        _note_fate(came, last=arrival.attempts >= LINE.tries)
    else:
        _note_reply(arrival, came)
    now = timezone.now()
    Arrival.objects.filter(came_at__lt=now - KEPT, next_try_at=None).delete()
    if came.forget and isinstance(CARRIERS[Channel.TEXT].client, Forgetful):
        arrival.next_try_at = now  # it stays in line
        Arrival.objects.filter(pk=arrival.pk).update(content="", to_forget=came.forget, **in_line(now))
    else:
        Arrival.objects.filter(pk=arrival.pk).update(content="")


def _note_fate(came: Came, *, last: bool) -> None:
    """Note what became of a message; what was said first of it stays, in whatever order reports come."""
    if came.fate not in Fate.values:
        return  # on its way, or a word that we do not know: nothing has become of it
    message = Message.objects.select_for_update(of=("self",)).filter(gateway_key=came.about).first()
    if message is None:
        if last:
            return  # a message of somebody else, or erased since
        raise NotSentYet
    if message.fate:
        return
    Message.objects.filter(pk=message.pk).update(fate=came.fate)
    if came.fate != Fate.DELIVERED:
        note_returned(message, fate=came.fate, at=timezone.now())


def _note_reply(arrival: Arrival, came: Came) -> None:
    found = _reaches(came)
    asks = asked_in(came.words)
    if asks:
        for reach in found:
            stop_reach(reach.matter, why=STOPS[asks], by="applicant", at=arrival.came_at)
    one = found[0] if len(found) == 1 else None
    placed = Placed.YES if one else Placed.SEVERAL if found else Placed.UNKNOWN
    reply = Reply.objects.create(
        pk=arrival.pk,
        **(one.matter if one else office_matter(arrival.office)).columns,
        by=By(came.kind),
        placed=placed,
        words=came.words,
        sender=came.sender,
        left_out=came.left_out,
        came_at=arrival.came_at,
    )
    data = {"by": str(reply.by), "asks": asks, "placed": str(placed)}
    record("notifications.reply_received", reply, by="applicant", at=arrival.came_at, data=data)


def _reaches(came: Came) -> list[Reach]:
    """Return whose number or address it is now, whatever way they called safe."""
    kind = "phone" if came.kind == "text" else "email"
    index = blind_index(kind, came.sender)
    return list(Reach.objects.filter(**{f"{kind}_index": index})) if index else []


def asked_in(words: str) -> str:
    """Return what an answer of one such word asks for, "" for anything else; marks around it do not count."""
    said = " ".join(re.sub(r"[^\w\s]", " ", plain(words)).split())
    return {plain(word): means for word, means in keywords().items()}.get(said, "")


LINE: Line[Arrival] = Line(
    key=ARRIVALS,
    model=Arrival,
    title=_("Something that came in from outside"),
    detail=lambda arrival: str(_("to be deleted at the gateway")) if arrival.to_forget else "",
    work=forget,
    keep=place,
    related=("office",),
)

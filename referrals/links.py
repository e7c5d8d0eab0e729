"""The link a receiver opens: its token, what it shows, its answer. Nothing behind it tells who it is."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from foundation.accounts.actions import hash_of
from foundation.accounts.models import Office
from foundation.database.principal import Principal
from foundation.events.ledger import record
from foundation.refused import Refused
from foundation.vault.box import open_text, seal_text
from foundation.vault.keys import RetiredKey
from referrals.models import HandOver, HandOverStatus

# Who answers by a link: to the database nobody in particular, to the ledger the receiver.
RECEIVER = Principal("anonymous", "receiver")


class LinkOver(Refused):
    status = 409
    message = _("This is over: it was answered, taken back, or its time ran out.")


@dataclass(frozen=True)
class Link:
    """What a link leads to. `summary` is "" once nothing is asked any more, or its key is gone."""

    id: uuid.UUID
    office: Office
    status: str
    expires_at: datetime
    summary: str

    def is_open(self, *, at: datetime) -> bool:
        return self.status == HandOverStatus.ASKED and self.expires_at > at and self.summary != ""


def token_for(hand_over_id: uuid.UUID) -> str:
    """Return the secret of a link: whoever sends it works it out again, nobody keeps it."""
    return salted_hmac("referrals.hand-over", str(hand_over_id), algorithm="sha256").hexdigest()


def address_of(hand_over_id: uuid.UUID) -> str:
    """Return the whole address a receiver opens."""
    return settings.SITE_URL + reverse("receiver", args=[token_for(hand_over_id)])


def sealed_for_link(hand_over_id: uuid.UUID, summary: str) -> str:
    """Seal a summary for its link alone: the public pages hold no key of anybody's matter."""
    return seal_text(_purpose(hand_over_id), summary)


def _purpose(hand_over_id: uuid.UUID) -> str:
    return f"hand-over {hand_over_id}"


def find_link(token: str) -> Link | None:
    """Return what a token opens, or None where there is none; the database answers nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.find_hand_over(%s)", [hash_of(token)])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, office_id, status, expires_at, shown = row
    return Link(pk, Office.objects.get(pk=office_id), status, expires_at, _opened(pk, shown))


def _opened(pk: uuid.UUID, shown: str) -> str:
    """Open what a link shows; a key that was retired meanwhile ends the link, not the page."""
    try:
        return open_text(_purpose(pk), shown) if shown else ""
    except RetiredKey:
        return ""


@transaction.atomic
def answer_link(token: str, *, says: str, why: str, at: datetime) -> None:
    """Take a receiver's yes or no, once.

    The database checks the link and writes the answer (referrals/sql.py): whoever holds a link, bound as
    RECEIVER, may do nothing else. Raises LinkOver where it was answered, taken back or ran out, and where
    there is none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.answer_hand_over(%s, %s, %s)", [hash_of(token), says, why])
        row = cursor.fetchone()
    if row is None:
        raise LinkOver
    pk, office_id, matter_id, case_id = row
    answered = HandOver(pk=pk, office_id=office_id, matter_id=matter_id)
    data = {"case": str(case_id), **({"why": why} if why else {})}
    record(ANSWERED[HandOverStatus(says)], answered, by=RECEIVER.actor, at=at, data=data)


ANSWERED = {
    HandOverStatus.ACCEPTED: "referrals.hand_over_accepted",
    HandOverStatus.REFUSED: "referrals.hand_over_refused",
}

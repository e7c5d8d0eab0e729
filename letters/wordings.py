"""A lawyer reads what a message promises, as they read a letter."""

from datetime import datetime

from django.db import transaction

from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from letters.access import may_approve
from letters.actions import Decided, NotYourOwn
from notifications.models import Wording


@transaction.atomic
def approve_wording(wording: Wording, *, by: User, at: datetime) -> None:
    """Note that a lawyer read an office's words of a message. Raises Forbidden; NotYourOwn; Decided."""
    if not may_approve(by, wording.office):
        raise Forbidden
    if wording.written_by_id == by.pk:
        raise NotYourOwn
    waiting = Wording.objects.filter(pk=wording.pk, approved_at=None, ended_at=None)
    if not waiting.update(approved_by=by, approved_at=at):
        raise Decided
    record("notifications.wording_approved", wording, by=by, at=at)

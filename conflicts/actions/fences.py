"""Somebody is kept off a matter, and let back."""

import uuid
from datetime import datetime

from django.db import transaction

from conflicts.access import may_fence
from conflicts.actions.refusals import OwnFence
from conflicts.models import RingFence
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden


@transaction.atomic
def fence(matter_id: uuid.UUID, *, user: User, office_id: int, by: User, at: datetime) -> bool:
    """Keep someone off a matter, whatever their role shows them; True if that is new.

    Raises OwnFence for oneself; Forbidden for whoever may not fence here, or for a user elsewhere.
    """
    if user.pk == by.pk:
        raise OwnFence
    if not may_fence(by, office_id=office_id) or not user.office or user.office.pk != office_id:
        raise Forbidden
    if RingFence.objects.filter(matter_id=matter_id, user=user, lifted_at=None).exists():
        return False
    made = RingFence(matter_id=matter_id, office_id=office_id, user=user, made_by=by, made_at=at)
    made.save(force_insert=True)
    record("conflicts.fenced", made, by=by, at=at, data={"user": user.pk})
    return True


@transaction.atomic
def lift_fence(matter_id: uuid.UUID, *, user: User, office_id: int, by: User, at: datetime) -> None:
    """Let someone back to a matter.

    Raises OwnFence for oneself; Forbidden for whoever may not fence here.
    """
    if user.pk == by.pk:
        raise OwnFence
    if not may_fence(by, office_id=office_id):
        raise Forbidden
    for made in RingFence.objects.filter(matter_id=matter_id, user=user, office_id=office_id, lifted_at=None):
        RingFence.objects.filter(pk=made.pk).update(lifted_at=at, lifted_by=by)
        record("conflicts.fence_lifted", made, by=by, at=at, data={"user": user.pk})

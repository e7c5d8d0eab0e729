import uuid
from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from conflicts import actions
from foundation.accounts.models import Membership
from foundation.events.ledger import on
from foundation.events.models import Event
from foundation.files.erasing import erasing


@on("accounts.invitation_accepted", key="conflicts.note-staff")
@on("accounts.user_enabled", key="conflicts.note-staff-again")
def note_staff(event: Event) -> None:
    """Compare somebody new on the staff, or back on it, with everyone on file."""
    for membership in Membership.objects.filter(user=int(event.subject_id)).select_related("office"):
        actions.note_staff(membership.office, at=timezone.now())


@on("accounts.user_disabled", key="conflicts.staff-left")
def staff_left(event: Event) -> None:
    """Take somebody who left off the office's own people."""
    for membership in Membership.objects.filter(user=int(event.subject_id)).select_related("office"):
        actions.take_off_staff(membership.office, membership.user_id, at=timezone.now())


@receiver(erasing)
def let_go(matter_ids: Iterable[uuid.UUID], **_kwargs: Any) -> None:
    """Settle the other sides of whatever is erased, in the transaction that erases it."""
    actions.let_go(matter_ids, at=timezone.now())

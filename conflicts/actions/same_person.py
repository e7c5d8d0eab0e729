"""Two matters of one person are put together, and taken apart again."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from conflicts.access import may_fence
from conflicts.actions.hits import decide_hit
from conflicts.actions.refusals import AlreadyTogether
from conflicts.models import ConflictHit, HitKind, SamePerson
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden


@transaction.atomic
def put_together(hit: ConflictHit, *, keep: uuid.UUID, reason: str, by: User, at: datetime) -> SamePerson:
    """Decide that two matters are one person's: the one kept goes on, the other points to it.

    Raises Forbidden for a pair that is no duplicate or does not hold the one kept, and for whoever may
    not decide; AlreadyTogether; ReasonNeeded without a reason.
    """
    files = {hit.matter_id, hit.other_matter_id}
    if hit.kind != HitKind.DUPLICATE or keep not in files:
        raise Forbidden
    away = (files - {keep}).pop()
    pointers = SamePerson.objects.filter(undone_at=None)
    if pointers.filter(Q(other_matter_id__in=files) | Q(matter_id=away)).exists():
        raise AlreadyTogether
    decide_hit(hit, confirmed=True, reason=reason, by=by, at=at)
    same = SamePerson(office_id=hit.office_id, matter_id=keep, other_matter_id=away, put_by=by, put_at=at)
    same.save(force_insert=True)
    record("conflicts.merged", same, by=by, at=at, data={"other_file": str(away)})
    return same


@transaction.atomic
def take_apart(same: SamePerson, *, by: User, at: datetime) -> None:
    """Undo that: the matter that was put away stands for itself again.

    Raises Forbidden for whoever may not decide in this office.
    """
    if not may_fence(by, office_id=same.office_id):
        raise Forbidden
    if SamePerson.objects.filter(pk=same.pk, undone_at=None).update(undone_at=at, undone_by=by):
        record("conflicts.parted", same, by=by, at=at, data={"other_file": str(same.other_matter_id)})

"""How a matter stands is written down anew, after whatever changed it and in the same transaction."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from conflicts.models import CheckKind, CheckStatus, ConflictCheck, ConflictHit, HitKind, Party, Standing
from conflicts.rules.standing import Asked, follows, standing_of
from foundation.database.principal import NAMES_WORKER, bound_principal
from foundation.events.ledger import record


def settle(matter_ids: Iterable[uuid.UUID], *, office_id: int, by: Any, at: datetime) -> None:
    """Write how these matters of one office stand; checks that waited for a decision move on.

    Call it last. The rows are locked, in one order, before anything is read: of two transactions at once
    the later one sees what the earlier one did.
    """
    matters = sorted(set(matter_ids))
    fresh = [
        Standing(office_id=office_id, matter_id=matter_id, changed_at=timezone.now()) for matter_id in matters
    ]
    Standing.objects.bulk_create(fresh, ignore_conflicts=True)
    locked = Standing.objects.select_for_update(of=("self",)).order_by("matter_id")
    for row in locked.filter(matter_id__in=matters):
        pairs = pairs_of(row.matter_id)
        _move_on(row.matter_id, pairs, user_id=None, by=by, at=at)
        _write(row, standing_of(pairs, checks_of(row.matter_id)), by=by, at=at)


def settle_own(matter_id: uuid.UUID, *, user_id: int, by: Any, at: datetime) -> None:
    """Move on a practitioner's waiting checks of a matter beside their own list; no row is kept of these."""
    _move_on(matter_id, pairs_of(matter_id, user_id=user_id), user_id=user_id, by=by, at=at)


def pairs_of(matter_id: uuid.UUID, *, user_id: int | None = None) -> set[str]:
    """Return the statuses of a matter's conflicts; with `user_id`, of those with a practitioner's own list.

    The database answers for the office's, whoever asks: who is kept off the other side sees no pair, and
    must not make the matter clear by that.
    """
    if user_id is not None:
        own = ConflictHit.objects.filter(matter_id=matter_id, user=user_id, kind=HitKind.CONFLICT)
        return set(own.values_list("status", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.pair_statuses(%s)", [matter_id])
        return {status for (status,) in cursor.fetchall()}


def checks_of(matter_id: uuid.UUID) -> set[Asked]:
    """Return what the rule reads of a matter's checks."""
    rows = ConflictCheck.objects.filter(matter_id=matter_id, user=None).values_list(
        "kind", "status", "unread"
    )
    return {Asked(kind == CheckKind.NAMES, status, unread > 0) for kind, status, unread in rows}


def _move_on(matter_id: uuid.UUID, pairs: set[str], *, user_id: int | None, by: Any, at: datetime) -> None:
    """Move on the checks for which nothing is left to decide; one that somebody decides now is theirs."""
    waiting = ConflictCheck.objects.select_for_update(of=("self",), skip_locked=True)
    for check in waiting.filter(matter_id=matter_id, user=user_id, status=CheckStatus.POSSIBLE):
        to = follows(pairs, unread=check.unread > 0)
        if to:
            ConflictCheck.LIFE.move(check, to, by=by, event="conflicts.check_decided", decided_at=at)


def _write(row: Standing, state: str, *, by: Any, at: datetime) -> None:
    if state == row.state:
        return
    data = {"from": row.state, "to": state}
    Standing.objects.filter(pk=row.pk).update(state=state, changed_at=at)
    is_heard = _was_handed_in(row.matter_id)
    record("conflicts.standing_changed", row, by=by, at=at, data=data, is_heard=is_heard)


def _was_handed_in(matter_id: uuid.UUID) -> bool:
    """Tell whether a matter's names count for others; a draft's do not, and nothing stands on it yet.

    Asked while its row is held: opening its case settles it, and so reads what was written here (ADR 20).
    Only the names worker surely sees every name, and it answers for drafts: whoever else asks is told yes.
    """
    if bound_principal() != NAMES_WORKER:
        return True
    return Party.objects.filter(matter_id=matter_id, live=True).exists()

"""Names are put to the names worker, and a person decides about what it cannot compare."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from celery import current_app
from django.db import transaction

from conflicts.access import may_decide_unread
from conflicts.actions.named import Named
from conflicts.actions.refusals import ReasonNeeded
from conflicts.actions.standing import settle, settle_own
from conflicts.models import CheckStatus, ConflictCheck, Party
from foundation.accounts.matters import Matter
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from foundation.vault.opening import open_many

log = logging.getLogger(__name__)


def start_check(
    matter: Matter,
    written: Iterable[tuple[Named, Party]],
    *,
    kind: str,
    by: Any,
    at: datetime,
    user: User | None = None,
) -> ConflictCheck:
    """Put names to the names worker: the row holds them sealed, the message carries the row's id alone.

    The matter is pending from here on: the database sees to that (`conflicts/sql.py`).
    """
    query = [
        {"party": str(party.pk), "revision": party.revision, **named.details} for named, party in written
    ]
    check = ConflictCheck(**matter.columns, kind=kind, user=user, query=query, asked_at=at)
    ConflictCheck.objects.bulk_create([check])  # without RETURNING: an applicant may write it and not read it
    record("conflicts.asked", check, by=by, at=at, data={"kind": str(kind), "names": len(query)})
    send("conflicts.names.answer", str(check.pk))
    return check


@transaction.atomic
def check_again(
    matter: Matter, *, kind: str, by: Any, at: datetime, user: User | None = None
) -> ConflictCheck:
    """Compare every name of a matter again: on demand, or with a practitioner's own list (`user`)."""
    parties = list(Party.objects.filter(matter_id=matter.id, removed_at=None))
    opened = open_many(parties, "details", purpose="conflict check")
    written = [(Named("", **opened[party.pk].details), party) for party in parties]
    return start_check(matter, written, kind=kind, by=by, at=at, user=user)


def send(task: str, pk: str) -> None:
    """Nudge the names worker once the transaction commits; if that is lost, its sweep finds the row."""

    def nudge() -> None:
        try:
            current_app.send_task(task, args=[pk], queue="names", ignore_result=True)
        except Exception as error:  # noqa: BLE001  the row waits, visibly
            log.warning("nudge lost task=%s error=%s", task, type(error).__name__)

    transaction.on_commit(nudge)


@transaction.atomic
def decide_unread(check: ConflictCheck, *, confirmed: bool, reason: str, by: User, at: datetime) -> None:
    """Decide about a name that cannot be compared: a person has looked for it in other ways.

    Raises Forbidden for whoever may not decide it; ReasonNeeded without one.
    """
    if not may_decide_unread(by, check):
        raise Forbidden
    if not reason.strip():
        raise ReasonNeeded
    to = CheckStatus.DECIDED_CONFLICT if confirmed else CheckStatus.DECIDED_CLEAR
    ConflictCheck.LIFE.move(check, to, by=by, event="conflicts.check_decided", decided_at=at, decided_by=by)
    check.reason = reason.strip()
    check.save(update_fields=["reason"])
    if check.user_id:
        settle_own(check.matter_id, user_id=check.user_id, by=by, at=at)
        return
    settle([check.matter_id], office_id=check.office_id, by=by, at=at)

"""A case ends, whatever the way: what leans on it is taken back first, in the same transaction (ADR 21)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.granting import call, revoke_all
from cases.models import Case, Decision, SecondLook, Step
from foundation.accounts.models import User
from foundation.refused import Refused

TakeBack = Callable[..., None]
_take_backs: list[TakeBack] = []


class CaseOver(Refused):
    status = 409
    message = _("This case is over: nothing more can be done with it.")


class LawyerFirst(Refused):
    status = 409
    message = _("A lawyer holds this case. Give it back or talk with them first.")


def before_end(take_back: TakeBack) -> TakeBack:
    """Have an app above take back what it made of a case, before it ends.

    `take_back(case, by=, at=, ends_representation=)` runs while the case is locked and still open, and may
    refuse: then nothing ends.
    """
    _take_backs.append(take_back)
    return take_back


def lock_case(case_id: UUID) -> bool:
    """Lock a case until the transaction ends; False where it is over, or nothing of it is yours.

    Whoever changes a referral, an offer or an assignment locks its case first: one order, no deadlock.
    """
    return call("sec.hold_case(%s)", [case_id])


def lock_open(case_id: UUID) -> None:
    """Lock a case until the transaction ends. Raises CaseOver where it is not open."""
    if not lock_case(case_id):
        raise CaseOver


@transaction.atomic
def end_case(
    case: Case,
    status: str,
    *,
    event: str,
    by: User,
    at: datetime,
    ends_representation: bool = False,
    data: dict[str, Any] | None = None,
) -> None:
    """End a case as `status` and leave nobody a way into it; the representation with it, where that is meant.

    Raises CaseOver where it is not open, Stale where it moved since it was read, and LawyerFirst while a
    lawyer holds it whose representation is not to end.
    """
    lock_open(case.pk)
    for take_back in _take_backs:
        take_back(case, by=by, at=at, ends_representation=ends_representation)
    _drop_steps(case, at=at)
    revoke_all(case)
    Case.LIFE.move(case, status, by=by, event=event, closed_at=at, data=data)


def _drop_steps(case: Case, *, at: datetime) -> None:
    """Let go what waits for a second person and has no use any more; a deletion goes on waiting."""
    waits = SecondLook.objects.filter(case=case, decided_at=None, step__in=[Step.LOWER, Step.DECLINE])
    waits.update(decided_at=at, decision=Decision.DROPPED)

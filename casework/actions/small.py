"""Small tasks: asked for by a caseworker, taken for a short time, given back, done, or back by themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from casework.actions.holding import hold
from casework.models import SmallKind, SmallStatus, SmallTask
from foundation.accounts.models import Role, User
from foundation.calendar.business_days import add_business_days
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden, Refused

BY = "system:small-tasks"
NOBODY: dict[str, Any] = {"taker": None, "taken_at": None, "back_at": None}


class NotForThem(Refused):
    message = _("This asks for a language, or for credentials, that are not in your profile.")


@dataclass(frozen=True)
class Can:
    """What a helper can do: `languages` None where nobody knows; `reviews`: with verified credentials."""

    languages: Collection[str] | None
    reviews: bool

    def fits(self, one: SmallTask) -> bool:
        if one.kind == SmallKind.REVIEW and not self.reviews:
            return False
        return not one.language or self.languages is None or one.language in self.languages


@transaction.atomic
def ask_small_task(
    case: Case,
    *,
    kind: str,
    language: str,
    amount: int,
    due_on: date,
    days: int,
    by: User,
    at: datetime,
) -> SmallTask:
    """Ask for help with something small. Raises Forbidden for whoever is no caseworker; CaseOver."""
    if not by.has_role(Role.CASEWORKER):
        raise Forbidden
    hold(case, by)
    said: dict[str, Any] = {"kind": kind, "language": language, "amount": amount}
    one = SmallTask.objects.create(
        **case.matter.columns, case=case, **said, due_on=due_on, days=days, asked_by=by, asked_at=at
    )
    record("casework.small_task_asked", one, by=by, at=at, data={"kind": kind})
    return one


@transaction.atomic
def take_small_task(one: SmallTask, *, can: Can, by: User, at: datetime) -> None:
    """Take one for its business days. Raises Forbidden; NotForThem; NotAllowed, Stale where it is gone."""
    if not by.has_role(Role.ATTORNEY, Role.ASSISTANT) or by.office_id != one.office_id:
        raise Forbidden
    if not can.fits(one):
        raise NotForThem
    taken: dict[str, Any] = {"taker": by, "taken_at": at, "back_at": lease_of(one, at=at)}
    SmallTask.LIFE.move(one, SmallStatus.TAKEN, by=by, event="casework.small_task_taken", **taken)


def lease_of(one: SmallTask, *, at: datetime) -> datetime:
    """Return the end of the last day that whoever takes it now has for it, by the office's clock."""
    office = one.office
    last = add_business_days(office.today(at), one.days)
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(office.time_zone))


@transaction.atomic
def give_small_task_back(one: SmallTask, *, by: User, at: datetime) -> None:
    """Let others take it. Raises Forbidden unless it is theirs; NotAllowed, Stale where it is over."""
    if one.taker_id != by.pk:
        raise Forbidden
    SmallTask.LIFE.move(one, SmallStatus.OFFERED, by=by, event="casework.small_task_given_back", **NOBODY)


@transaction.atomic
def finish_small_task(one: SmallTask, *, by: User, at: datetime) -> None:
    """Say that it is done. Raises Forbidden unless it is theirs; NotAllowed, Stale where it is over."""
    if one.taker_id != by.pk:
        raise Forbidden
    SmallTask.LIFE.move(one, SmallStatus.DONE, by=by, event="casework.small_task_done", ended_at=at)


@transaction.atomic
def withdraw_small_task(one: SmallTask, *, by: User, at: datetime) -> None:
    """Say that it is not needed any more. Raises Forbidden; CaseOver; NotAllowed, Stale where it is over."""
    if not by.has_role(Role.CASEWORKER):
        raise Forbidden
    hold(one.case, by)
    SmallTask.LIFE.move(one, SmallStatus.WITHDRAWN, by=by, event="casework.small_task_withdrawn", ended_at=at)


def offer_late_again(*, at: datetime) -> int:
    """Offer again what was not done in its time; return how many there were."""
    with transaction.atomic():
        late = list(SmallTask.objects.filter(status=SmallStatus.TAKEN, back_at__lte=at))
    return sum(_offer_again(one) for one in late)


@transaction.atomic
def _offer_again(one: SmallTask) -> bool:
    try:
        SmallTask.LIFE.move(one, SmallStatus.OFFERED, by=BY, event="casework.small_task_lapsed", **NOBODY)
    except Stale:
        return False  # done or given back in this very moment
    return True


def end_small_tasks(case: Case, *, by: User, at: datetime) -> None:
    """Withdraw what is open of a case that ends. Raises NotAllowed, Stale where one is settled meanwhile."""
    over = [SmallStatus.DONE, SmallStatus.WITHDRAWN]
    for one in SmallTask.objects.select_for_update().filter(case=case).exclude(status__in=over):
        event = "casework.small_task_withdrawn"
        SmallTask.LIFE.move(one, SmallStatus.WITHDRAWN, by=by, event=event, ended_at=at)


def let_go_of_small_tasks(user_id: int) -> None:
    """Offer again what somebody took who goes. Raises NotAllowed, Stale where one is settled meanwhile."""
    taken = SmallTask.objects.select_for_update().filter(taker=user_id, status=SmallStatus.TAKEN)
    for one in taken:
        SmallTask.LIFE.move(one, SmallStatus.OFFERED, by=BY, event="casework.small_task_lapsed", **NOBODY)

"""Tasks: added in words of one's own or from the usual list, done, open again, cancelled."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.ending import lock_open
from cases.models import Case
from cases.queries import caseworkers_for
from casework.actions.holding import Settled, hold
from casework.data import usual_on
from casework.models import Task, WaitsFor
from casework.words import UNSENT
from foundation.accounts.models import User
from foundation.calendar.business_days import add_business_days
from foundation.events.ledger import record


@transaction.atomic
def add_task(
    case: Case,
    *,
    words: str,
    due_on: date,
    waits_for: str = WaitsFor.US,
    owner: User | None,
    by: User,
    at: datetime,
) -> Task:
    """Add a task in words of one's own. Raises Forbidden; CaseOver."""
    hold(case, by)
    columns: dict[str, Any] = {"words": words, "due_on": due_on, "waits_for": waits_for, "owner": owner}
    task = Task.objects.create(**case.matter.columns, case=case, **columns, made_by=by, made_at=at)
    record("casework.task_added", case, by=by, at=at, data={"task": str(task.pk)})
    return task


@transaction.atomic
def add_usual(case: Case, *, by: User, at: datetime) -> int:
    """Add what is usual on the case's track and was never listed; return how many.

    Raises Forbidden; CaseOver.
    """
    hold(case, by)
    there = set(Task.objects.filter(case=case).values_list("code", flat=True))
    today = case.office.today(at)
    added = [
        Task(
            **case.matter.columns,
            case=case,
            code=usual.code,
            due_on=add_business_days(today, usual.days),
            waits_for=usual.waits_for,
            owner=case.caseworker,
            made_by=by,
            made_at=at,
        )
        for usual in usual_on(case.track)
        if usual.code not in there
    ]
    for task in added:
        task.save(force_insert=True)
        record("casework.task_added", case, by=by, at=at, data={"task": str(task.pk), "code": task.code})
    return len(added)


@transaction.atomic
def add_unsent(case: Case, *, reason: str, by: str, at: datetime) -> Task | None:
    """Add what a person has to do since a message could not go, once while it is open; None where it is.

    It is the caseworker's; of a case that nobody has taken it is every caseworker's, and stands there in the
    name of the first of them. Raises CaseOver.
    """
    lock_open(case.pk)
    code = f"unsent_{reason if reason in UNSENT else 'otherwise'}"
    somebody = next(iter(caseworkers_for(case)), None)
    is_there = Task.objects.filter(case=case, code=code, done_at=None, cancelled_at=None).exists()
    if is_there or somebody is None:
        return None
    columns = {"code": code, "due_on": add_business_days(case.office.today(at), 1), "owner": case.caseworker}
    task = Task.objects.create(**case.matter.columns, case=case, **columns, made_by=somebody, made_at=at)
    record("casework.task_added", case, by=by, at=at, data={"task": str(task.pk), "code": code})
    return task


@transaction.atomic
def finish_task(task: Task, *, by: User, at: datetime) -> None:
    """Note that a task is done. Raises Forbidden; CaseOver; Settled."""
    hold(task.case, by)
    _settle(task, done_by=by, done_at=at)
    record("casework.task_done", task.case, by=by, at=at, data={"task": str(task.pk)})


@transaction.atomic
def reopen_task(task: Task, *, by: User, at: datetime) -> None:
    """Take back that a task is done or cancelled. Raises Forbidden; CaseOver; Settled."""
    hold(task.case, by)
    settled = Task.objects.filter(pk=task.pk).exclude(done_at=None, cancelled_at=None)
    if not settled.update(done_by=None, done_at=None, cancelled_by=None, cancelled_at=None):
        raise Settled
    record("casework.task_undone", task.case, by=by, at=at, data={"task": str(task.pk)})


@transaction.atomic
def cancel_task(task: Task, *, by: User, at: datetime) -> None:
    """Note that a task is not needed. Raises Forbidden; CaseOver; Settled."""
    hold(task.case, by)
    _settle(task, cancelled_by=by, cancelled_at=at)
    record("casework.task_cancelled", task.case, by=by, at=at, data={"task": str(task.pk)})


@transaction.atomic
def give_task(task: Task, *, owner: User | None, was: str, by: User, at: datetime) -> None:
    """Let somebody else see to an open task; nobody named means the caseworker.

    `was` is whom the page showed as its owner. Raises Forbidden; CaseOver; Settled where it was settled,
    or given on by a colleague, meanwhile.
    """
    hold(task.case, by)
    still = Task.objects.filter(
        pk=task.pk, owner_id=int(was) if was else None, done_at=None, cancelled_at=None
    )
    if not still.update(owner=owner):
        raise Settled
    given = {"task": str(task.pk), "to": owner.pk if owner else None}
    record("casework.task_given", task.case, by=by, at=at, data=given)


def _settle(task: Task, **how: Any) -> None:
    """Settle an open task, once. Raises Settled."""
    if not Task.objects.filter(pk=task.pk, done_at=None, cancelled_at=None).update(**how):
        raise Settled

"""A case ends, or somebody goes: what they had to do is nobody's any more."""

from datetime import datetime

from django.db import transaction

from cases.models import Case
from casework.actions.small import end_small_tasks, let_go_of_small_tasks
from casework.models import Appointment, Came, ContactTry, Result, Task
from foundation.accounts.models import User
from foundation.events.ledger import record


@transaction.atomic
def end_work(case: Case, *, by: User, at: datetime, ends_representation: bool) -> None:
    """Cancel what is still to do and when one would have met. Hearings stay: they are the court's."""
    tasks = Task.objects.filter(case=case, done_at=None, cancelled_at=None)
    for task in tasks:
        record("casework.task_cancelled", case, by=by, at=at, data={"task": str(task.pk)})
    tasks.update(cancelled_by=by, cancelled_at=at)
    ahead = Appointment.objects.filter(case=case, came="")
    for one in ahead:
        data = {"appointment": str(one.pk), "came": str(Came.CANCELLED)}
        record("casework.appointment_ended", case, by=by, at=at, data=data)
    ahead.update(came=Came.CANCELLED, ended_by=by, ended_at=at)
    end_small_tasks(case, by=by, at=at)


@transaction.atomic
def let_go_of(user_id: int) -> int:
    """Let the open tasks of somebody who goes be those of the caseworkers of their cases; return how many."""
    let_go_of_small_tasks(user_id)
    return Task.objects.filter(owner=user_id, done_at=None, cancelled_at=None).update(owner=None)


def count_tries(case: Case) -> int:
    """Return how many tries there were since the person was last reached: closing as unreachable reads it."""
    tries = ContactTry.objects.filter(case=case, struck_at=None)
    reached = tries.filter(result=Result.REACHED).order_by("-tried_at").first()
    return (tries.filter(tried_at__gt=reached.tried_at) if reached else tries).count()

"""The log of tries to reach somebody: written down, and struck out where it was a mistake."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from casework.actions.holding import Settled, hold
from casework.models import ContactTry, Interpreter, Result
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Refused
from notifications.models import NOT_SAFE
from notifications.queries import reach_of


class NotYet(Refused):
    message = _("This time has not come yet: write down what was tried, not what will be.")


class NextIsPast(Refused):
    message = _("The next try must lie ahead.")


class NoMessages(Refused):
    message = _(
        "They said that no message may be left, or that the way is not safe: say what really happened."
    )


@transaction.atomic
def note_try(
    case: Case,
    *,
    way: str,
    result: str,
    interpreter: str = Interpreter.NOT_NEEDED,
    note: str = "",
    tried_at: datetime,
    next_try_at: datetime | None = None,
    by: User,
    at: datetime,
) -> ContactTry:
    """Write down a try to reach the person. Raises Forbidden; CaseOver; NotYet; NextIsPast; NoMessages."""
    hold(case, by)
    if tried_at > at:
        raise NotYet
    if next_try_at and next_try_at <= at:
        raise NextIsPast
    if result == Result.MESSAGE and not _may_leave(case):
        raise NoMessages
    made = ContactTry.objects.create(
        **case.matter.columns,
        case=case,
        way=way,
        result=result,
        interpreter=interpreter,
        note=note,
        tried_at=tried_at,
        next_try_at=next_try_at,
        noted_by=by,
        noted_at=at,
    )
    record("casework.try_noted", case, by=by, at=at, data={"way": str(way), "result": str(result)})
    return made


def _may_leave(case: Case) -> bool:
    reach = reach_of(case.matter_id)
    return reach is None or (reach.may_leave_message and reach.stopped not in NOT_SAFE)


@transaction.atomic
def strike_try(made: ContactTry, *, by: User, at: datetime) -> None:
    """Strike a try out that was written down by mistake. Raises Forbidden; CaseOver; Settled."""
    hold(made.case, by)
    if not ContactTry.objects.filter(pk=made.pk, struck_at=None).update(struck_by=by, struck_at=at):
        raise Settled
    record("casework.try_struck", made.case, by=by, at=at)

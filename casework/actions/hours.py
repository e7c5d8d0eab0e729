"""Hours are logged, changed, struck out: by whoever worked them, on a case that they hold or help with.

The case is not held meanwhile: an hour noted in the moment in which it ends counts with it all the same.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from casework.access import may_log_hours
from casework.actions.holding import Settled
from casework.hours_models import DAY
from casework.models import LoggedHours
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused

BACK = timedelta(days=366)


class BadDay(Refused):
    message = _("The day cannot be in the future, nor more than a year ago.")


class TooLong(Refused):
    message = _("That day has no more than 24 hours, with what you logged of it already.")


@transaction.atomic
def log_hours(case: Case, *, day: date, minutes: int, kind: str, by: User, at: datetime) -> LoggedHours:
    """Log what one worked on a case on a day.

    Raises Forbidden for whoever neither holds the case nor helps who does, while it is open; BadDay; TooLong.
    """
    if not may_log_hours(by, case):
        raise Forbidden
    _check(case, day, minutes, by=by, at=at)
    said = {"day": day, "minutes": minutes, "kind": kind}
    one = LoggedHours.objects.create(**case.matter.columns, case=case, user=by, **said, logged_at=at)
    record("casework.hours_logged", one, by=by, at=at, data={"minutes": minutes})
    return one


@transaction.atomic
def change_hours(one: LoggedHours, *, day: date, minutes: int, kind: str, by: User, at: datetime) -> None:
    """Mend what one logged oneself.

    Raises Forbidden for anybody else, or once the case is not theirs; BadDay; TooLong; Settled
    where it was struck out meanwhile.
    """
    _check_own(one, by)
    _check(one.case, day, minutes, by=by, at=at, but=one)
    live = LoggedHours.objects.filter(pk=one.pk, struck_at=None)
    if not live.update(day=day, minutes=minutes, kind=kind, changed_at=at):
        raise Settled
    data = {"minutes": minutes, "before": one.minutes}
    record("casework.hours_changed", one, by=by, at=at, data=data)


@transaction.atomic
def strike_hours(one: LoggedHours, *, by: User, at: datetime) -> None:
    """Strike out what one logged oneself: it counts no more.

    Raises Forbidden for anybody else, or once the case is not theirs; Settled where it was already.
    """
    _check_own(one, by)
    if not LoggedHours.objects.filter(pk=one.pk, struck_at=None).update(struck_at=at):
        raise Settled
    record("casework.hours_struck", one, by=by, at=at, data={"minutes": one.minutes})


def _check_own(one: LoggedHours, by: User) -> None:
    if one.user_id != by.pk or not may_log_hours(by, one.case):
        raise Forbidden


def _check(
    case: Case, day: date, minutes: int, *, by: User, at: datetime, but: LoggedHours | None = None
) -> None:
    today = case.office.today(at)
    if not today - BACK <= day <= today:
        raise BadDay
    others = LoggedHours.objects.filter(user=by, day=day, struck_at=None)
    others = others.exclude(pk=but.pk) if but else others
    if sum(others.values_list("minutes", flat=True)) + minutes > DAY:
        raise TooLong

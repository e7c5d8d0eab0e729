"""What people do with dates: settle them, enter a judge's, write down what a case learned."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import rules
from cases.access import may_change_dates
from cases.dates import lock, set_dates
from cases.facts import known_of, learned_of
from cases.looking import look_ahead
from cases.models import Case, CaseFacts, Deadline, DeadlineChange, DeadlineStatus, Happened, JudgeDate
from foundation.accounts.models import User
from foundation.events.ledger import actor_of, record
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden, Refused

SETTLED = {
    Happened.CONFIRMED: "cases.deadline_confirmed",
    Happened.DONE: "cases.deadline_done",
    Happened.WAIVED: "cases.deadline_waived",
    Happened.REOPENED: "cases.deadline_reopened",
}


class ReasonNeeded(Refused):
    message = _("Say why.")


class NotARule(Refused):
    message = _("A judge cannot move this date: a statute or a regulation sets it.")


@transaction.atomic
def confirm_deadline(deadline: Deadline, *, by: User, at: datetime) -> None:
    """Record that someone checked a date and works to it.

    Raises Forbidden for whoever may not change dates.
    """
    _settle(deadline, DeadlineStatus.CONFIRMED, Happened.CONFIRMED, "", by=by, at=at)


@transaction.atomic
def finish_deadline(deadline: Deadline, *, by: User, at: datetime) -> None:
    """Record that what a date asks for is done.

    Raises Forbidden for whoever may not change dates.
    """
    _settle(deadline, DeadlineStatus.DONE, Happened.DONE, "", by=by, at=at)


@transaction.atomic
def waive_deadline(deadline: Deadline, *, reason: str, by: User, at: datetime) -> None:
    """Record that nobody needs to work to a date, and why.

    Raises Forbidden for whoever may not change dates; ReasonNeeded without one.
    """
    if not reason.strip():
        raise ReasonNeeded(_("Say why this date needs no work."))
    _settle(deadline, DeadlineStatus.WAIVED, Happened.WAIVED, reason, by=by, at=at)


@transaction.atomic
def reopen_deadline(deadline: Deadline, *, by: User, at: datetime) -> None:
    """Open a settled date again.

    Raises Forbidden for whoever may not change dates; Refused for a date that does not apply.
    """
    if deadline.status == DeadlineStatus.GONE:
        raise Refused(_("This date does not apply: it comes back by itself when the facts say so."))
    _settle(deadline, DeadlineStatus.OPEN, Happened.REOPENED, "", by=by, at=at)


def count_again(case: Case, *, by: User, at: datetime) -> None:
    """Work a case's dates out again after a person changed what they rest on, and what is next."""
    today = case.office.today(at)
    known = known_of([case], purpose="dates")[case.pk]
    set_dates(case, known=known, on=today, at=at, by=by)
    look_ahead(case, known=known, at=at)


def _settle(deadline: Deadline, to: str, kind: str, note: str, *, by: User, at: datetime) -> None:
    if not may_change_dates(by, deadline.case):
        raise Forbidden
    settled = to != DeadlineStatus.OPEN
    decided: dict[str, Any] = {"decided_by": by if settled else None, "decided_at": at if settled else None}
    Deadline.LIFE.move(deadline, to, by=by, event=SETTLED[Happened(kind)], **decided)
    DeadlineChange.objects.create(
        **deadline.matter.columns, deadline=deadline, kind=kind, note=note, actor=actor_of(by), at=at
    )
    look_ahead(deadline.case, at=at)


@transaction.atomic
def set_judge_date(
    case: Case, *, replaces: str, date: date, source: str, on_file: bool = False, by: User, at: datetime
) -> JudgeDate:
    """Keep a date a judge set in place of a rule's; it wins at once.

    Raises Forbidden for whoever may not change dates; NotARule for a date no rule makes.
    """
    if not may_change_dates(by, case):
        raise Forbidden
    if replaces not in rules.JUDGE_MOVES:
        raise NotARule
    kept = JudgeDate.objects.create(
        **case.matter.columns,
        case=case,
        replaces=replaces,
        date=date,
        on_file=on_file,
        source=source,
        set_by=by,
        set_at=at,
    )
    record("cases.judge_date_set", case, by=by, at=at, data={"replaces": replaces})
    count_again(case, at=at, by=by)
    return kept


@transaction.atomic
def remove_judge_date(judge_date: JudgeDate, *, reason: str, by: User, at: datetime) -> None:
    """Take a judge's date back with a reason: the rule counts again.

    Raises Forbidden for whoever may not change dates; ReasonNeeded without one; Stale where it was
    removed already.
    """
    case = judge_date.case
    if not may_change_dates(by, case):
        raise Forbidden
    if not reason.strip():
        raise ReasonNeeded(_("Say why the judge's date no longer holds."))
    if judge_date.removed_at:
        raise Stale
    judge_date.removal, judge_date.removed_by, judge_date.removed_at = reason, by, at
    judge_date.save(update_fields=["removal", "removed_by", "removed_at"])
    record("cases.judge_date_removed", case, by=by, at=at, data={"replaces": judge_date.replaces})
    count_again(case, at=at, by=by)


@transaction.atomic
def write_facts(
    case: Case, *, values: Mapping[str, Any], seen: uuid.UUID | None, by: User, at: datetime
) -> CaseFacts | None:
    """Keep what the case learned, all of it, and recount its dates; None if nothing differs.

    `seen` is the version the writer had before them: Stale if someone wrote another since. The screening
    follows by itself (cases/handlers.py), since only our own jobs and caseworkers may screen. Raises
    Forbidden for whoever may not change dates.
    """
    if not may_change_dates(by, case):
        raise Forbidden
    lock(case)
    newest = CaseFacts.objects.filter(case=case).order_by("-written_at").first()
    if (newest.pk if newest else None) != seen:
        raise Stale
    before = learned_of([case], purpose="facts").get(case.pk, {})
    if dict(before) == dict(values):
        return None
    kept = CaseFacts.objects.create(
        **case.matter.columns, case=case, values=dict(values), written_by=by, written_at=at
    )
    keys = sorted(key for key in {*before, *values} if before.get(key, ...) != values.get(key, ...))
    record("cases.facts_changed", case, by=by, at=at, data={"facts": keys})
    count_again(case, at=at, by=by)
    return kept

"""A referral is put to several practitioners in turn: begun by a caseworker, carried on by the worker."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cases import actions as cases
from conflicts.queries import CLEAR, PENDING, standing_until_done
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.work.models import DONE, in_line
from foundation.work.nudging import wake
from referrals.access import is_caseworker_of
from referrals.ending import end_cascade
from referrals.models import (
    Cascade,
    CascadeStep,
    HowCascadeEnded,
    PassedWhy,
    Practitioner,
    Referral,
    ReferralStatus,
)
from referrals.offering import check_askable, check_words, put
from referrals.refusals import (
    CascadeRuns,
    KeptOff,
    NamesNotClear,
    NobodyListed,
    NotAvailable,
    NotQueued,
    NotTrained,
    SaidConflict,
)

LINE = "cascades"
BY = "system:cascades"
PASSED: dict[type[Refused], str] = {
    NotAvailable: PassedWhy.NOT_AVAILABLE,
    NotTrained: PassedWhy.NOT_TRAINED,
    KeptOff: PassedWhy.KEPT_OFF,
    SaidConflict: PassedWhy.CONFLICT,
}


@transaction.atomic
def begin_cascade(
    referral: Referral, *, practitioners: Sequence[Practitioner], minutes: int, by: User, at: datetime
) -> Cascade:
    """Put a queued referral to these practitioners in their order, each for so many working minutes.

    Raises Forbidden for whoever is no caseworker of the case, or for somebody elsewhere; NobodyListed;
    NotQueued where it is offered or placed; CascadeRuns; NamesNotClear; TellsWho where what was written of
    the case says by now who it is; CaseOver once the case is over.
    """
    listed = list(dict.fromkeys(practitioners))
    if not is_caseworker_of(by, referral.case) or any(p.office_id != referral.office_id for p in listed):
        raise Forbidden
    if not listed:
        raise NobodyListed
    cases.lock_open(referral.case_id)
    referral.refresh_from_db(fields=["status"])
    if Cascade.objects.filter(referral=referral, ended_at=None).exists():
        raise CascadeRuns
    if referral.status != ReferralStatus.QUEUED:
        raise NotQueued
    if standing_until_done(referral.matter_id) != CLEAR:
        raise NamesNotClear
    check_words(referral.case, at=at)
    columns = referral.matter.columns
    made = Cascade.objects.create(
        **columns, referral=referral, minutes=minutes, made_by=by, made_at=at, **in_line(at)
    )
    for place, one in enumerate(listed, start=1):
        CascadeStep.objects.create(**columns, cascade=made, practitioner=one, place=place)
    data = {"case": str(referral.case_id), "people": len(listed)}
    record("referrals.cascade_begun", made, by=by, at=at, data=data)
    wake(LINE)
    return made


@transaction.atomic
def stop_cascade(cascade: Cascade, *, by: User, at: datetime) -> None:
    """Ask nobody further; whoever is asked now keeps their offer until they answer.

    Raises Forbidden for whoever is no caseworker of the case; CaseOver once the case is over.
    """
    if not is_caseworker_of(by, cascade.referral.case):
        raise Forbidden
    cases.lock_open(cascade.referral.case_id)
    end_cascade(cascade, HowCascadeEnded.STOPPED, by=by, at=at)


@transaction.atomic
def ask_next(cascade: Cascade, *, at: datetime) -> None:
    """Put the referral of a live cascade to the next one of whom it may be asked, or end the cascade.

    It holds the case first, as everybody does who changes what hangs on it, and takes the cascade out of the
    line in the same transaction. A worker that comes a second time finds the referral offered.
    """
    is_open = cases.lock_case(cascade.referral.case_id)
    cascade.refresh_from_db(fields=["ended_at"])
    cascade.referral.refresh_from_db(fields=["status"])
    if is_open and not cascade.ended_at and cascade.referral.status == ReferralStatus.QUEUED:
        _go_on(cascade, at=at)
    Cascade.objects.filter(pk=cascade.pk, ended_at=None).update(attempts=0, **DONE)


def _go_on(cascade: Cascade, *, at: datetime) -> None:
    """Ask the first who may be asked; whom a hard limit stops now is passed over, with the reason."""
    stand = standing_until_done(cascade.referral.matter_id)
    if stand == PENDING:
        return  # the answer wakes it
    if stand != CLEAR:
        end_cascade(cascade, HowCascadeEnded.NAMES, by=BY, at=at)
        return
    waiting = cascade.steps.filter(offer=None, passed_at=None)
    for step in waiting.select_related("practitioner__user", "practitioner__office"):
        if _ask(cascade, step, at=at):
            return
    end_cascade(cascade, HowCascadeEnded.NOBODY, by=BY, at=at)


def _ask(cascade: Cascade, step: CascadeStep, *, at: datetime) -> bool:
    """Ask one of a cascade, or pass over them; tell which."""
    try:
        check_askable(cascade.referral, step.practitioner, at=at)
    except (NotAvailable, NotTrained, KeptOff, SaidConflict) as refused:
        step.passed_at, step.passed_why = at, PASSED[type(refused)]
        step.save(update_fields=["passed_at", "passed_why"])
        return False
    step.offer = put(
        cascade.referral,
        step.practitioner,
        minutes=cascade.minutes,
        offered_by=cascade.made_by,
        by=BY,
        at=at,
    )
    step.save(update_fields=["offer"])
    return True


@transaction.atomic
def wake_cascade(referral: Referral, *, at: datetime) -> None:
    """Put the live cascade of a referral in line: its next one is to be asked."""
    live = Cascade.objects.filter(referral=referral, ended_at=None, next_try_at=None)
    if live.update(**in_line(at)):
        wake(LINE)


@transaction.atomic
def wake_forgotten(*, at: datetime) -> int:
    """Put in line each live cascade whose referral is offered to nobody; return how many there were.

    Its end or its waking may have been lost with a worker: then it is found here, a minute later.
    """
    idle = Cascade.objects.filter(ended_at=None, next_try_at=None, referral__status=ReferralStatus.QUEUED)
    keys = [one.pk for one in idle if standing_until_done(one.matter_id) != PENDING]
    woken = Cascade.objects.filter(pk__in=keys, ended_at=None, next_try_at=None).update(**in_line(at))
    if woken:
        wake(LINE)
    return woken


@transaction.atomic
def end_placed(referral: Referral, *, at: datetime) -> None:
    """End the cascade of a referral that somebody took."""
    for live in Cascade.objects.filter(referral=referral, ended_at=None):
        end_cascade(live, HowCascadeEnded.PLACED, by=BY, at=at)

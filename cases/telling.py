"""What the person of a case is told: how it ended, by a person first; and what their return page says."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from cases.access import is_caseworker_of
from cases.models import Case, HowTold, Status
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from intake.actions import note_progress, post, settle
from intake.models import Posting, Step
from notifications.models import NOT_SAFE
from notifications.queries import reach_of

STEPS = {
    Status.SEEKING_COUNSEL: Step.SEEKING,
    Status.REPRESENTED: Step.TAKEN,
    Status.REFERRED_OUT: Step.HANDED_OVER,
    Status.DECLINED: Step.DECLINED,
    Status.CLOSED: Step.CLOSED,
}


class NothingToTell(Refused):
    status = 409
    message = _("This was told already, or the case is still open.")


@transaction.atomic
def tell_ending(case: Case, *, how: str, by: User, at: datetime) -> None:
    """Note that the person heard how their case ended, and how: from now on their return page says it.

    Raises Forbidden for whoever is no caseworker of it; NothingToTell where it is open or they know; Refused
    for a way that they said is not safe any more.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    reach = reach_of(case.matter_id)
    if how == HowTold.SAFE_WAY and reach and reach.stopped in NOT_SAFE:
        raise Refused(_("They said that this way is not safe any more: tell them in person."))
    note_told(case, how=how, by=by, at=at)


def note_told(case: Case, *, how: str, by: User, at: datetime) -> None:
    """Write down that the person knows how their case ended. Raises NothingToTell."""
    untold = Case.objects.filter(pk=case.pk, closed_at__isnull=False, told_at=None)
    if not untold.update(told_at=at, told_by=by, told_how=how):
        raise NothingToTell
    case.told_at, case.told_by, case.told_how = at, by, how
    record("cases.ending_told", case, by=by, at=at, data={"how": str(how)})


def step_of(case: Case) -> str:
    """Return how far a case is as its person may be told; that it ended only once a person told them."""
    if case.must_be_told:
        return Step.NEWS
    if case.status == Status.IN_TRIAGE:
        return Step.READING if case.triaged_at else Step.RECEIVED
    return STEPS[Status(case.status)]


@transaction.atomic
def show_progress(case: Case, *, by: Any, at: datetime) -> None:
    """Let the return page say how far the case is by now."""
    step = step_of(case)
    if step != Step.RECEIVED:
        note_progress(case.intake, step=step, by=by, at=case.told_at or at)


@transaction.atomic
def post_to_person(
    case: Case, *, kind: str, words: str, is_safe: bool, asks: bool, by: User, at: datetime
) -> Posting:
    """Put something on the return page of a case's person.

    Raises Forbidden for whoever is no caseworker of it; NotSafe for their own words that nobody marked.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    return post(case.intake, kind=kind, words=words, is_safe=is_safe, asks=asks, by=by, at=at)


@transaction.atomic
def settle_posting(case: Case, *, posting_id: uuid.UUID, by: User, at: datetime) -> None:
    """Take something off the return page. Raises Forbidden for whoever is no caseworker; Settled."""
    if not is_caseworker_of(by, case):
        raise Forbidden
    settle(get_object_or_404(Posting, pk=posting_id, intake=case.intake), by=by, at=at)

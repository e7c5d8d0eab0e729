"""Put a case into a queue."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from cases.models import Case, Status
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden, Refused
from referrals.access import may_refer
from referrals.ending import end_cascade
from referrals.models import Cascade, HowCascadeEnded, Queue, Referral, ReferralStatus
from screening.models import NOT_OURS
from screening.queries import latest_review


class NotTriaged(Refused):
    message = _("Triage comes first: a person must confirm the screening before the case is referred.")


class QueueClosed(Refused):
    status = 409
    message = _("This queue takes no more cases. Choose another one.")


class NotOurs(Refused):
    message = _(
        "It was decided that this case is not for us. Hand the person over or decline; or decide anew under"
        " Screening before it goes into a queue."
    )


class StillOffered(Refused):
    status = 409
    message = _("Somebody is asked to take this case. Take the offer back first.")


class AlreadyReferred(Refused):
    status = 409
    message = _("This case already has a live referral.")


@transaction.atomic
def refer_case(case: Case, *, queue: Queue, by: User, at: datetime) -> Referral:
    """Put a triaged case into a queue; the case then seeks counsel.

    Raises Forbidden for whoever may not refer it, and for a queue elsewhere; NotTriaged before triage;
    NotOurs where a person decided so; QueueClosed; AlreadyReferred while a referral lives; CaseOver once
    the case is over.
    """
    if not may_refer(by, case) or queue.office_id != case.office_id:
        raise Forbidden
    if Queue.objects.filter(pk=queue.pk, closed_at__isnull=False).exists():
        raise QueueClosed
    if not case.triaged_at:
        raise NotTriaged
    if is_not_ours(case):
        raise NotOurs
    cases.lock_open(case.pk)
    if case.referrals.exclude(status=ReferralStatus.RETURNED).exists():
        raise AlreadyReferred
    if case.status == Status.IN_TRIAGE:
        cases.seek_counsel(case, by=by)
    cases.take_case(case, by=by)
    referral = Referral.objects.create(
        **case.matter.columns, case=case, queue=queue, referred_by=by, referred_at=at
    )
    record("referrals.case_referred", referral, by=by, at=at, data={"case": str(case.pk)})
    return referral


@transaction.atomic
def untake_referral(referral: Referral, *, by: User, at: datetime) -> None:
    """Take a case out of its queue: in triage again it may be handed over, declined or referred anew.

    Raises Forbidden for whoever may not refer it; StillOffered while somebody is asked to take it; Stale once
    it left the queue; CaseOver once the case is over.
    """
    if not may_refer(by, referral.case):
        raise Forbidden
    cases.lock_open(referral.case_id)
    referral.refresh_from_db(fields=["status"])
    if referral.status == ReferralStatus.OFFERED:
        raise StillOffered
    if referral.status != ReferralStatus.QUEUED:
        raise Stale
    for cascade in Cascade.objects.filter(referral=referral, ended_at=None).select_related("referral"):
        end_cascade(cascade, HowCascadeEnded.STOPPED, by=by, at=at)
    event = "referrals.referral_untaken"
    Referral.LIFE.move(referral, ReferralStatus.RETURNED, by=by, event=event)
    referral.case.refresh_from_db(fields=["status"])
    cases.back_to_triage(referral.case, by=by)


def is_not_ours(case: Case) -> bool:
    """Tell whether what a person decided last sends the case elsewhere."""
    review = latest_review(case.intake)
    return review is not None and review.outcome in NOT_OURS

"""Put a case into a queue."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from cases.models import Case, Status
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from referrals.access import may_refer
from referrals.models import Queue, Referral, ReferralStatus


class NotTriaged(Refused):
    message = _("Triage comes first: a person must confirm the screening before the case is referred.")


class QueueClosed(Refused):
    status = 409
    message = _("This queue takes no more cases. Choose another one.")


class AlreadyReferred(Refused):
    status = 409
    message = _("This case already has a live referral.")


@transaction.atomic
def refer_case(case: Case, *, queue: Queue, by: User, at: datetime) -> Referral:
    """Put a triaged case into a queue; the case then seeks counsel.

    Raises Forbidden for whoever may not refer it, and for a queue elsewhere; NotTriaged before triage;
    QueueClosed; AlreadyReferred while a referral lives; CaseOver once the case is over.
    """
    if not may_refer(by, case) or queue.office_id != case.office_id:
        raise Forbidden
    if Queue.objects.filter(pk=queue.pk, closed_at__isnull=False).exists():
        raise QueueClosed
    if not case.triaged_at:
        raise NotTriaged
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

"""What becomes of an accepted case: the engagement is signed, or the case is given back."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from cases.ending import CaseOver
from cases.models import Status
from foundation.accounts.models import User
from foundation.calendar import is_business_day
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from referrals.access import RESERVED, is_caseworker_of
from referrals.asked_over import unask
from referrals.models import Assignment, HowEnded, Referral, ReferralStatus, RescindReason

ALARM_DAYS, RETURN_DAYS = 5, 10  # business days from reserved to a signed engagement
BY = "system:engagements"


class OfferOver(Refused):
    status = 409
    message = _("This offer is over: it was answered, taken back, or its time ran out.")


class BadDate(Refused):
    message = _("The engagement cannot be signed in the future, nor before the offer was accepted.")


@transaction.atomic
def note_engagement(
    assignment: Assignment, *, signed_on: date, by: User, at: datetime, scope: str = ""
) -> None:
    """Record the signed engagement: from now on the person is represented. `scope`: for what, "" not said.

    Raises Forbidden for whoever neither holds the case nor works on it; BadDate for a day before the
    offer was accepted or after today; OfferOver where it was recorded already or has ended; CaseOver once
    the case is over.
    """
    theirs = assignment.user_id == by.pk
    if not (theirs or is_caseworker_of(by, assignment.case)):
        raise Forbidden
    cases.lock_open(assignment.case_id)
    today = assignment.office.today
    if not today(assignment.reserved_at) <= signed_on <= today(at):
        raise BadDate
    live = Assignment.objects.filter(pk=assignment.pk, engaged_on=None, ended_at=None)
    said = {"scope": scope} if scope else {}  # what was said before stays
    if not live.update(engaged_on=signed_on, engaged_recorded_at=at, **said):
        raise OfferOver(_("This engagement was already recorded, or the assignment has ended."))
    assignment.engaged_on, assignment.engaged_recorded_at = signed_on, at
    assignment.scope = scope or assignment.scope
    assignment.case.refresh_from_db(fields=["status", "closed_at"])
    cases.mark_represented(assignment.case, by=by)


@transaction.atomic
def release_assignment(assignment: Assignment, *, by: User, at: datetime, papers_back: str = "") -> None:
    """Give a case back: access ends at once and the case seeks counsel again.

    `papers_back` says what became of the person's papers.

    Raises Forbidden for whoever neither holds the case nor works on it; OfferOver where it has ended;
    CaseOver once the case is over.
    """
    theirs = assignment.user_id == by.pk
    if not (theirs or is_caseworker_of(by, assignment.case)):
        raise Forbidden
    give_back(assignment, by=by, at=at, papers_back=papers_back)


def look_after_reserved(*, at: datetime) -> int:
    """Raise an alarm where a reserved case has no engagement in time; later give it back. Return how many."""
    with transaction.atomic():
        waiting = Assignment.objects.filter(engaged_on=None, ended_at=None).select_related("office")
        late = [one for one in waiting if _days_since(one, at) >= ALARM_DAYS]
    return sum(_look_after(one.pk, at=at) for one in late)


@transaction.atomic
def _look_after(pk: UUID, *, at: datetime) -> bool:
    """Raise one alarm, or give one case back; False where there is nothing to do, or somebody was faster."""
    rows = Assignment.objects.filter(pk=pk, engaged_on=None, ended_at=None)
    one = rows.select_related("case__office", "offer__referral", "office").first()
    if one is None or not cases.lock_case(one.case_id):
        return False
    data = {"case": str(one.case_id), "user": one.user_id}
    if one.alarmed_at is None and rows.update(alarmed_at=at):
        record("referrals.engagement_overdue", one, by=BY, at=at, data=data)
        return True
    if one.alarmed_at and _days_since(one, at) >= RETURN_DAYS and rows.exists():
        try:
            give_back(one, by=BY, at=at, how=HowEnded.OVERDUE)
        except (OfferOver, CaseOver):  # it ended meanwhile by itself
            return False
        return True
    return False


def _days_since(one: Assignment, at: datetime) -> int:
    """Return how many business days of the office have passed since a case was reserved."""
    today, day = one.office.today(at), one.office.today(one.reserved_at)
    return sum(is_business_day(day + timedelta(days=n)) for n in range(1, (today - day).days + 1))


@transaction.atomic
def give_back(
    assignment: Assignment, *, by: User | str, at: datetime, how: str = "", papers_back: str = ""
) -> None:
    """Give a case back, without asking who may. Raises OfferOver where it has ended; CaseOver."""
    cases.lock_open(assignment.case_id)
    live = Assignment.objects.filter(pk=assignment.pk, ended_at=None)
    unask(assignment, RescindReason.GONE, by=by, at=at)  # while it is still theirs to ask
    if not live.update(ended_at=at, ended_how=how or _how(assignment, by), papers_back=papers_back):
        raise OfferOver(_("This assignment has already ended."))
    Referral.LIFE.move(
        assignment.offer.referral, ReferralStatus.RETURNED, by=by, event="referrals.case_returned"
    )
    assignment.case.refresh_from_db(fields=["status", "closed_at"])
    if assignment.case.status == Status.REPRESENTED:
        cases.counsel_withdrew(assignment.case, by=by)
    cases.revoke_access(
        assignment.case_id, user_id=assignment.user_id, reason=RESERVED
    )  # last: it shuts us out


def _how(assignment: Assignment, by: User | str) -> HowEnded:
    if isinstance(by, str):
        return HowEnded.LEFT
    return HowEnded.GIVEN_BACK if by.pk == assignment.user_id else HowEnded.TAKEN_BACK

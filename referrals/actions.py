"""Refer a case, offer it, answer the offer, record the engagement, give it back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from cases.models import Case, Scope, Status
from conflicts.access import kept_off
from conflicts.actions import ask_again
from conflicts.models import CheckKind
from conflicts.queries import (
    CLEAR,
    CONFIRMED,
    HELD,
    POSSIBLE,
    offer_standing,
    standing,
    standing_until_done,
    standings,
)
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from referrals.access import is_caseworker_of, may_refer
from referrals.models import (
    Assignment,
    Offer,
    OfferStatus,
    OutsideReferral,
    Practitioner,
    Queue,
    Referral,
    ReferralStatus,
)
from referrals.queries import summary_for

# Why access was granted: to check the names of an offer, and to work on a case that was accepted.
ASKED, RESERVED = "offer", "assignment"


class NotTriaged(Refused):
    message = _("Triage comes first: a person must confirm the screening before the case is referred.")


class AlreadyReferred(Refused):
    status = 409
    message = _("This case already has a live referral.")


class NotAvailable(Refused):
    message = _("This practitioner is full or has paused offers.")


class NamesNotClear(Refused):
    message = _("The names of this case are not clear. Nobody can be offered it before they are.")


class KeptOff(Refused):
    message = _("This practitioner is kept off this case.")


class NamesNotChecked(Refused):
    message = _("Look at the names first and check them against your own clients.")


class OnYourList(Refused):
    message = _("A name here may be one on your own list. Decide about it first.")


class OfferOver(Refused):
    status = 409
    message = _("This offer is over: it was answered, taken back, or its time ran out.")


class BadDate(Refused):
    message = _("The engagement cannot be signed in the future, nor before the offer was accepted.")


@transaction.atomic
def refer_case(case: Case, *, queue: Queue, by: User, at: datetime) -> Referral:
    """Put a triaged case into a queue; the case then seeks counsel."""
    if not may_refer(by, case):
        raise Forbidden
    if not case.triaged_at:
        raise NotTriaged
    if case.referrals.exclude(status=ReferralStatus.RETURNED).exists():
        raise AlreadyReferred
    if case.status == Status.IN_TRIAGE:
        cases.seek_counsel(case, by=by)
    cases.take_case(case, by=by)
    referral = Referral.objects.create(**case.file, case=case, queue=queue, referred_by=by, referred_at=at)
    record("referrals.case_referred", referral, by=by, at=at, data={"case": str(case.pk)})
    return referral


@transaction.atomic
def refer_out(case: Case, *, organization: str, note: str, by: User, at: datetime) -> OutsideReferral:
    """Close a case with a warm hand-off to another organization."""
    if not may_refer(by, case):
        raise Forbidden
    if case.referrals.exclude(status=ReferralStatus.RETURNED).exists():
        raise AlreadyReferred
    outside = OutsideReferral.objects.create(
        **case.file, case=case, organization=organization, note=note, handed_off_by=by, handed_off_at=at
    )
    cases.close_as(case, Status.REFERRED_OUT, event="cases.referred_out", by=by, at=at)
    return outside


@transaction.atomic
def offer_referral(
    referral: Referral,
    *,
    practitioner: Practitioner,
    by: User,
    at: datetime,
    expires_at: datetime | None = None,
) -> Offer:
    """Put a queued referral to one practitioner, for three days unless said otherwise."""
    if not is_caseworker_of(by, referral.case) or practitioner.office_id != referral.office_id:
        raise Forbidden
    live = practitioner.assignments.filter(ended_at=None).count()
    if not practitioner.accepting or live >= practitioner.capacity:
        raise NotAvailable
    if standing_until_done(referral.file_id) != CLEAR:
        raise NamesNotClear
    if kept_off(referral.file_id).filter(user=practitioner.user).exists():
        raise KeptOff
    Referral.LIFE.move(referral, ReferralStatus.OFFERED, by=by, event="referrals.referral_offered")
    until = expires_at or at + timedelta(days=settings.OFFER_DAYS)
    offer = Offer.objects.create(
        **referral.file,
        referral=referral,
        practitioner=practitioner,
        user=practitioner.user,
        summary=summary_for(referral.case, on=referral.office.today(at)),
        offered_by=by,
        offered_at=at,
        expires_at=until,
    )
    cases.grant_access(
        referral.case_id, user=practitioner.user, scope=Scope.NAMES, reason=ASKED, expires_at=until
    )
    ask_again(referral.file, kind=CheckKind.OFFER, user=practitioner.user, by=by, at=at)
    record("referrals.offer_made", offer, by=by, at=at, data={"case": str(referral.case_id)})
    return offer


def _ours(offer: Offer, by: User, *, at: datetime) -> None:
    """Refuse anyone but the practitioner asked, and anything after the offer's time."""
    if offer.user_id != by.pk or not by.is_active:
        raise Forbidden
    if offer.status != OfferStatus.OPEN or offer.expires_at <= at:
        raise OfferOver


@transaction.atomic
def show_names(offer: Offer, *, by: User, at: datetime) -> None:
    """Let the practitioner read the names to check for a conflict; the reading is recorded."""
    _ours(offer, by, at=at)
    if Offer.objects.filter(pk=offer.pk, names_shown_at=None).update(names_shown_at=at):
        offer.names_shown_at = at
    record("referrals.names_shown", offer, by=by, at=at, data={"case": str(offer.referral.case_id)})


@transaction.atomic
def accept_offer(offer: Offer, *, no_conflict: bool, by: User, at: datetime) -> Assignment:
    """Take the case: offer accepted, referral placed, case reserved, access granted.

    `no_conflict` is the practitioner's own word after reading the names (Model Rules 1.7, 1.18).
    """
    _ours(offer, by, at=at)
    if not offer.names_shown_at or not no_conflict:
        raise NamesNotChecked
    if standing(offer.file_id) != CLEAR:
        raise NamesNotClear
    if offer_standing(offer.file_id, user=by) in (POSSIBLE, CONFIRMED):
        raise OnYourList
    referral = offer.referral
    Offer.LIFE.move(
        offer,
        OfferStatus.ACCEPTED,
        by=by,
        event="referrals.offer_accepted",
        decided_at=at,
        data={"case": str(referral.case_id)},
    )
    Referral.LIFE.move(referral, ReferralStatus.PLACED, by=by, event="referrals.referral_placed")
    cases.grant_access(referral.case_id, user=by, scope=Scope.FILE, reason=RESERVED)
    cases.revoke_access(referral.case_id, user_id=by.pk, reason=ASKED)
    return Assignment.objects.create(
        **offer.file,
        case_id=referral.case_id,
        practitioner=offer.practitioner,
        user=by,
        offer=offer,
        reserved_at=at,
    )


@transaction.atomic
def decline_offer(offer: Offer, *, reason: str, by: User, at: datetime) -> None:
    """Say no; the referral goes back into the queue."""
    _ours(offer, by, at=at)
    _end_offer(
        offer, OfferStatus.DECLINED, by=by, event="referrals.offer_declined", at=at, decline_reason=reason
    )


@transaction.atomic
def rescind_offer(offer: Offer, *, by: User, at: datetime) -> None:
    """Take an open offer back; the referral goes back into the queue."""
    if not is_caseworker_of(by, offer.referral.case):
        raise Forbidden
    _end_offer(offer, OfferStatus.RESCINDED, by=by, event="referrals.offer_rescinded", at=at)


@transaction.atomic
def take_back_held(file_ids: Iterable[str], *, by: str, at: datetime) -> int:
    """Take back the open offers of matters whose names may be on two sides now; return how many."""
    offers = Offer.objects.select_for_update(of=("self",)).filter(
        file_id__in=file_ids, status=OfferStatus.OPEN
    )
    found = list(offers.select_related("referral"))
    stand = standings(offer.file_id for offer in found)
    held = [offer for offer in found if stand[offer.file_id] in HELD]
    for offer in held:
        _end_offer(offer, OfferStatus.RESCINDED, by=by, event="referrals.offer_rescinded", at=at)
    return len(held)


def expire_offers(*, at: datetime) -> int:
    """End every open offer whose time ran out and return how many."""
    ended = 0
    with transaction.atomic():
        due = list(
            Offer.objects.filter(status=OfferStatus.OPEN, expires_at__lte=at).values_list("pk", flat=True)
        )
    for pk in due:
        with transaction.atomic():
            offer = Offer.objects.select_for_update(skip_locked=True).filter(pk=pk, status=OfferStatus.OPEN)
            for one in offer.select_related("referral"):
                _end_offer(
                    one, OfferStatus.EXPIRED, by="system:offers", event="referrals.offer_expired", at=at
                )
                ended += 1
    return ended


def _end_offer(
    offer: Offer, status: str, *, by: User | str, event: str, at: datetime, decline_reason: str = ""
) -> None:
    """End an offer without a placement and put its referral back into the queue."""
    Offer.LIFE.move(
        offer,
        status,
        by=by,
        event=event,
        decided_at=at,
        decline_reason=decline_reason,
        data={"case": str(offer.referral.case_id)},
    )
    cases.revoke_access(offer.referral.case_id, user_id=offer.user_id, reason=ASKED)
    Referral.LIFE.move(offer.referral, ReferralStatus.QUEUED, by=by, event="referrals.referral_requeued")


@transaction.atomic
def record_engagement(assignment: Assignment, *, signed_on: date, by: User, at: datetime) -> None:
    """Record the signed engagement: from now on the person is represented."""
    theirs = assignment.user_id == by.pk
    if not (theirs or is_caseworker_of(by, assignment.case)):
        raise Forbidden
    today = assignment.office.today
    if not today(assignment.reserved_at) <= signed_on <= today(at):
        raise BadDate
    live = Assignment.objects.filter(pk=assignment.pk, engaged_on=None, ended_at=None)
    if not live.update(engaged_on=signed_on, engaged_recorded_at=at):
        raise OfferOver(_("This engagement was already recorded, or the assignment has ended."))
    assignment.engaged_on, assignment.engaged_recorded_at = signed_on, at
    cases.mark_represented(assignment.case, by=by)


@transaction.atomic
def release_assignment(assignment: Assignment, *, by: User, at: datetime) -> None:
    """Give a case back: access ends at once and the case seeks counsel again."""
    theirs = assignment.user_id == by.pk
    if not (theirs or is_caseworker_of(by, assignment.case)):
        raise Forbidden
    if not Assignment.objects.filter(pk=assignment.pk, ended_at=None).update(ended_at=at):
        raise OfferOver(_("This assignment has already ended."))
    Referral.LIFE.move(
        assignment.offer.referral, ReferralStatus.RETURNED, by=by, event="referrals.case_returned"
    )
    if assignment.case.status == Status.REPRESENTED:
        cases.counsel_withdrew(assignment.case, by=by)
    cases.revoke_access(
        assignment.case_id, user_id=assignment.user_id, reason=RESERVED
    )  # last: it shuts us out

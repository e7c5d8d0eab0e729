"""An offer ends without a placement: its time ran out, it was taken back, or its case is over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from cases import actions as cases
from cases.models import Case
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.work.models import DONE
from referrals.access import ASKED
from referrals.models import (
    Assignment,
    Cascade,
    HowCascadeEnded,
    HowEnded,
    Offer,
    OfferStatus,
    Referral,
    ReferralStatus,
    RescindReason,
)
from referrals.rules import add_minutes, minutes_between

LAST_REMINDER = 120  # working minutes before the end


@transaction.atomic
def take_back(case: Case, *, by: User, at: datetime, ends_representation: bool) -> None:
    """Take back the referral of a case that ends, what is offered of it, and its lawyer where that is meant.

    Raises LawyerFirst while someone has accepted the case: it ends through them.
    """
    held = Assignment.objects.filter(case=case, ended_at=None).select_related("offer__referral").first()
    if held and not ends_representation:
        raise cases.LawyerFirst
    if held:
        Assignment.objects.filter(pk=held.pk).update(ended_at=at, ended_how=HowEnded.CLOSED)
        event = "referrals.representation_ended"
        Referral.LIFE.move(held.offer.referral, ReferralStatus.RETURNED, by=by, event=event)
    for cascade in Cascade.objects.filter(referral__case=case, ended_at=None).select_related("referral"):
        end_cascade(cascade, HowCascadeEnded.STOPPED, by=by, at=at)
    for offer in open_offers(referral__case=case):
        take_offer_back(offer, RescindReason.CLOSED, by=by, at=at, referral=ReferralStatus.RETURNED)
    for referral in Referral.objects.filter(case=case, status=ReferralStatus.QUEUED):
        _move_on(referral, ReferralStatus.RETURNED, by=by)


@transaction.atomic
def take_back_from(user_id: int, *, by: str, at: datetime) -> None:
    """Take back what is offered to someone who was shut out: they cannot answer any more."""
    for offer in lock_offers(user=user_id):
        take_offer_back(offer, RescindReason.GONE, by=by, at=at)


def open_offers(**which: Any) -> QuerySet[Offer]:
    return Offer.objects.filter(status=OfferStatus.OPEN, **which).select_related("referral")


def lock_offers(**which: Any) -> list[Offer]:
    """Hold the cases of some open offers, always in the same order, and return the offers still open."""
    for case_id in sorted(set(open_offers(**which).values_list("referral__case_id", flat=True))):
        cases.lock_case(case_id)
    return list(open_offers(**which))


def expire_offers(*, at: datetime) -> int:
    """End every open offer whose time ran out and return how many."""
    with transaction.atomic():
        due = list(open_offers(expires_at__lte=at).values_list("pk", "referral__case_id"))
    return sum(_expire(pk, case_id, at=at) for pk, case_id in due)


@transaction.atomic
def _expire(pk: UUID, case_id: UUID, *, at: datetime) -> bool:
    """End one offer whose time ran out; False if somebody answered it meanwhile."""
    cases.lock_case(case_id)
    offer = open_offers(pk=pk, expires_at__lte=at).first()
    if offer:
        end_offer(offer, OfferStatus.EXPIRED, by="system:offers", event="referrals.offer_expired", at=at)
    return offer is not None


def remind_of_offers(*, at: datetime) -> int:
    """Remind whoever has not answered yet, at half of their time and near its end; return how many."""
    with transaction.atomic():
        keys = list(open_offers(remind_at__lte=at, expires_at__gt=at).values_list("pk", flat=True))
    return sum(_remind(pk, at=at) for pk in keys)


@transaction.atomic
def _remind(pk: UUID, *, at: datetime) -> bool:
    """Note one reminder, and when the next is due; False where somebody was faster, or it is over."""
    offer = (
        open_offers(pk=pk, remind_at__lte=at, expires_at__gt=at)
        .select_related("practitioner__office")
        .first()
    )
    if offer is None:
        return False
    hours = offer.practitioner.hours
    left = minutes_between(at, offer.expires_at, hours)
    again = add_minutes(at, left - LAST_REMINDER, hours) if left > LAST_REMINDER * 2 else None
    if not open_offers(pk=pk, remind_at=offer.remind_at).update(remind_at=again):
        return False
    record("referrals.offer_reminded", offer, by="system:offers", at=at, data={"minutes": left})
    return True


@transaction.atomic
def end_cascade(cascade: Cascade, how: str, *, by: User | str, at: datetime) -> None:
    """End a cascade, once: nobody further is asked. What is offered now goes on."""
    who = None if isinstance(by, str) else by
    live = Cascade.objects.filter(pk=cascade.pk, ended_at=None)
    if not live.update(ended_at=at, ended_how=how, ended_by=who, **DONE):
        return
    cascade.ended_at, cascade.ended_how, cascade.next_try_at, cascade.stuck_at = at, how, None, None
    data = {"case": str(cascade.referral.case_id), "how": str(how)}
    record("referrals.cascade_ended", cascade, by=by, at=at, data=data)


def take_offer_back(
    offer: Offer,
    why: str,
    *,
    by: User | str,
    at: datetime,
    referral: str = ReferralStatus.QUEUED,
) -> None:
    """Take an open offer back and say why; its referral waits again, or ends too."""
    event = "referrals.offer_rescinded"
    end_offer(
        offer,
        OfferStatus.RESCINDED,
        by=by,
        event=event,
        at=at,
        referral=referral,
        data={"why": str(why)},
        rescind_reason=why,
    )


def end_offer(
    offer: Offer,
    status: str,
    *,
    by: User | str,
    event: str,
    at: datetime,
    referral: str = ReferralStatus.QUEUED,
    data: dict[str, Any] | None = None,
    **answer: Any,
) -> None:
    """End an offer without a placement; its referral goes back into the queue, or ends too.

    `answer`: what else the offer says of it, as who answered and why not.
    """
    Offer.LIFE.move(
        offer,
        status,
        by=by,
        event=event,
        decided_at=at,
        data={"case": str(offer.referral.case_id), "user": offer.user_id, **(data or {})},
        **answer,
    )
    cases.revoke_access(offer.referral.case_id, user_id=offer.user_id, reason=ASKED)
    if offer.hands_on_id:  # the referral is placed and stays so: whoever asked a colleague holds the case
        return
    _move_on(offer.referral, referral, by=by)


def _move_on(referral: Referral, status: str, *, by: User | str) -> None:
    """Put a referral back into the queue, or take it back with the case that ends."""
    events = {
        ReferralStatus.QUEUED: "referrals.referral_requeued",
        ReferralStatus.RETURNED: "referrals.referral_taken_back",
    }
    Referral.LIFE.move(referral, status, by=by, event=events[ReferralStatus(status)])

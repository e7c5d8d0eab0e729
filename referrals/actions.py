"""Offer a case, take an offer back; what comes before and after stands in the files beside this one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from cases import actions as cases
from cases.models import Scope
from conflicts.access import kept_off
from conflicts.actions import check_again
from conflicts.models import CheckKind
from conflicts.queries import CLEAR, UNCLEAR, standing_until_done, standings
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from referrals.access import ASKED, is_caseworker_of
from referrals.answering import accept_offer, decline_offer, move_offer, show_names
from referrals.ending import end_offer, expire_offers, lock_offers, take_back, take_back_from
from referrals.engagements import BadDate, OfferOver, note_engagement, release_assignment
from referrals.handing import (
    AlreadyAsked,
    BadConsent,
    NamesStand,
    NoAddress,
    NobodyReached,
    NotInDirectory,
    NoYes,
    TellsWho,
    ask_receiver,
    decline_with_help,
    expire_hand_overs,
    give_names,
    note_answer_seen,
    note_phone_answer,
    note_told_of,
    rescind_hand_over,
    take_back_links,
    take_back_links_of_unclear,
    take_back_open_links,
)
from referrals.links import LinkOver, answer_link
from referrals.models import Offer, OfferStatus, Practitioner, Referral, ReferralStatus
from referrals.queries import summary_for
from referrals.referring import (
    AlreadyReferred,
    NotOurs,
    NotTriaged,
    QueueClosed,
    StillOffered,
    refer_case,
    untake_referral,
)
from referrals.refusals import (
    KeptOff,
    NamesNotChecked,
    NamesNotClear,
    NoRoom,
    NotAvailable,
    NotForThem,
    NotTrained,
    OnTheirList,
    OnYourList,
)

__all__ = [
    "AlreadyAsked",
    "AlreadyReferred",
    "BadConsent",
    "BadDate",
    "KeptOff",
    "LinkOver",
    "NamesNotChecked",
    "NamesNotClear",
    "NamesStand",
    "NoAddress",
    "NoRoom",
    "NoYes",
    "NobodyReached",
    "NotAvailable",
    "NotForThem",
    "NotInDirectory",
    "NotOurs",
    "NotTrained",
    "NotTriaged",
    "OfferOver",
    "OnTheirList",
    "OnYourList",
    "QueueClosed",
    "StillOffered",
    "TellsWho",
    "accept_offer",
    "answer_link",
    "ask_receiver",
    "decline_offer",
    "decline_with_help",
    "expire_hand_overs",
    "expire_offers",
    "give_names",
    "move_offer",
    "note_answer_seen",
    "note_engagement",
    "note_phone_answer",
    "note_told_of",
    "offer_referral",
    "refer_case",
    "release_assignment",
    "rescind_hand_over",
    "rescind_offer",
    "show_names",
    "take_back",
    "take_back_from",
    "take_back_links",
    "take_back_links_of_unclear",
    "take_back_open_links",
    "take_back_unclear",
    "untake_referral",
]


@transaction.atomic
def offer_referral(
    referral: Referral,
    *,
    practitioner: Practitioner,
    by: User,
    at: datetime,
    expires_at: datetime | None = None,
) -> Offer:
    """Put a queued referral to one practitioner, for three days unless said otherwise.

    Raises Forbidden for whoever is no caseworker of the case, or for a practitioner elsewhere;
    NotAvailable for one who takes none now; NotTrained for what the queue asks for; NamesNotClear while the
    names are not clear; KeptOff for one who is ring-fenced off; CaseOver once the case is over.
    """
    if not is_caseworker_of(by, referral.case) or practitioner.office_id != referral.office_id:
        raise Forbidden
    cases.lock_open(referral.case_id)
    if not practitioner.may_be_asked(on=referral.office.today(at)):
        raise NotAvailable
    if not practitioner.was_trained_in(referral.queue.takes.get("trainings", ())):
        raise NotTrained
    if standing_until_done(referral.matter_id) != CLEAR:
        raise NamesNotClear
    if kept_off(referral.matter_id).filter(user=practitioner.user).exists():
        raise KeptOff
    Referral.LIFE.move(referral, ReferralStatus.OFFERED, by=by, event="referrals.referral_offered")
    until = expires_at or at + timedelta(days=settings.OFFER_DAYS)
    offer = Offer.objects.create(
        **referral.matter.columns,
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
    check_again(referral.matter, kind=CheckKind.OFFER, user=practitioner.user, by=by, at=at)
    record("referrals.offer_made", offer, by=by, at=at, data={"case": str(referral.case_id)})
    return offer


@transaction.atomic
def rescind_offer(offer: Offer, *, by: User, at: datetime) -> None:
    """Take an open offer back; the referral goes back into the queue.

    Raises Forbidden for whoever is no caseworker of the case; CaseOver once the case is over.
    """
    if not is_caseworker_of(by, offer.referral.case):
        raise Forbidden
    cases.lock_open(offer.referral.case_id)
    end_offer(offer, OfferStatus.RESCINDED, by=by, event="referrals.offer_rescinded", at=at)


@transaction.atomic
def take_back_unclear(matter_ids: Iterable[str], *, by: str, at: datetime) -> int:
    """Take back the open offers of matters whose names may be on two sides now; return how many."""
    offers = lock_offers(matter_id__in=list(matter_ids))
    stand = standings(offer.matter_id for offer in offers)
    unclear = [offer for offer in offers if stand[offer.matter_id] in UNCLEAR]
    for offer in unclear:
        end_offer(offer, OfferStatus.RESCINDED, by=by, event="referrals.offer_rescinded", at=at)
    return len(unclear)

"""Offer a case, answer the offer, end it; what comes before and after stands in the files beside this one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from cases.models import Scope
from conflicts.access import kept_off
from conflicts.actions import check_again
from conflicts.models import CheckKind
from conflicts.queries import (
    CLEAR,
    CONFIRMED,
    POSSIBLE,
    UNCLEAR,
    offer_standing,
    standing,
    standing_until_done,
    standings,
)
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from referrals.access import ASKED, RESERVED, is_caseworker_of
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
from referrals.models import Assignment, Offer, OfferStatus, Practitioner, Referral, ReferralStatus
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
    "NotInDirectory",
    "NotOurs",
    "NotTriaged",
    "OfferOver",
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


class NotAvailable(Refused):
    message = _(
        "This practitioner is full, away, has paused offers, has no verified credentials, or can no longer"
        " sign in."
    )


class NamesNotClear(Refused):
    message = _("The names of this case are not clear. Nobody can be offered it before they are.")


class KeptOff(Refused):
    message = _("This practitioner is kept off this case.")


class NamesNotChecked(Refused):
    message = _("Look at the names first and check them against your own clients.")


class NoRoom(Refused):
    status = 409
    message = _("You already hold as many cases as you said you can take. Give one back first, or decline.")


class OnYourList(Refused):
    message = _("A name here may be one on your own list. Decide about it first.")


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
    NotAvailable for one who takes none now; NamesNotClear while the names are not clear; KeptOff for one
    who is ring-fenced off; CaseOver once the case is over.
    """
    if not is_caseworker_of(by, referral.case) or practitioner.office_id != referral.office_id:
        raise Forbidden
    cases.lock_open(referral.case_id)
    if not practitioner.may_be_asked(on=referral.office.today(at)):
        raise NotAvailable
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


def _ours(offer: Offer, by: User, *, at: datetime) -> None:
    """Refuse anyone but the practitioner asked, and anything after the offer's time; hold its case."""
    if offer.user_id != by.pk or not by.is_active:
        raise Forbidden
    if not cases.lock_case(offer.referral.case_id):
        raise OfferOver
    offer.refresh_from_db(fields=["status", "expires_at", "names_shown_at"])
    if offer.status != OfferStatus.OPEN or offer.expires_at <= at:
        raise OfferOver


@transaction.atomic
def show_names(offer: Offer, *, by: User, at: datetime) -> None:
    """Let the practitioner read the names to check for a conflict; the reading is recorded.

    Raises Forbidden for anybody but the practitioner asked; OfferOver once the offer or the case is over.
    """
    _ours(offer, by, at=at)
    if Offer.objects.filter(pk=offer.pk, names_shown_at=None).update(names_shown_at=at):
        offer.names_shown_at = at
    record("referrals.names_shown", offer, by=by, at=at, data={"case": str(offer.referral.case_id)})


@transaction.atomic
def accept_offer(offer: Offer, *, no_conflict: bool, by: User, at: datetime) -> Assignment:
    """Take the case: offer accepted, referral placed, case reserved, access granted.

    `no_conflict` is the practitioner's own word after reading the names (Model Rules 1.7, 1.18).
    Raises Forbidden for anybody but the practitioner asked; OfferOver once the offer or the case is over;
    NamesNotChecked before the names were seen; NamesNotClear; OnYourList; NoRoom for one who holds as
    many as they can.
    """
    _ours(offer, by, at=at)
    if not offer.names_shown_at or not no_conflict:
        raise NamesNotChecked
    if standing(offer.matter_id) != CLEAR:
        raise NamesNotClear
    if offer_standing(offer.matter_id, user=by) in (POSSIBLE, CONFIRMED):
        raise OnYourList
    _lock(offer.practitioner)
    if not offer.practitioner.has_room():
        raise NoRoom
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
    cases.grant_access(referral.case_id, user=by, scope=Scope.MATTER, reason=RESERVED)
    cases.revoke_access(referral.case_id, user_id=by.pk, reason=ASKED)
    return Assignment.objects.create(
        **offer.matter.columns,
        case_id=referral.case_id,
        practitioner=offer.practitioner,
        user=by,
        offer=offer,
        reserved_at=at,
    )


def _lock(practitioner: Practitioner) -> None:
    """Let one case at a time be accepted by a practitioner, and read what room they have now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"room of {practitioner.pk}"]
        )
    practitioner.refresh_from_db(fields=["capacity"])


@transaction.atomic
def decline_offer(offer: Offer, *, reason: str, by: User, at: datetime) -> None:
    """Say no; the referral goes back into the queue.

    Raises Forbidden for anybody but the practitioner asked; OfferOver once the offer or the case is over.
    """
    _ours(offer, by, at=at)
    end_offer(
        offer, OfferStatus.DECLINED, by=by, event="referrals.offer_declined", at=at, decline_reason=reason
    )


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

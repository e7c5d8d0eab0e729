"""A queued referral is put to one practitioner, for so much of their working time."""

from datetime import datetime

from django.db import transaction

from cases import actions as cases
from cases.models import Case, Scope
from conflicts.access import kept_off
from conflicts.actions import check_again
from conflicts.models import CheckKind
from conflicts.queries import CLEAR, standing_until_done
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from referrals.access import ASKED, is_caseworker_of
from referrals.ending import take_offer_back
from referrals.models import Cascade, Offer, OfferStatus, Practitioner, Referral, ReferralStatus
from referrals.refusals import CascadeRuns, KeptOff, NamesNotClear, NotAvailable, NotTrained, SaidConflict
from referrals.rules import add_minutes
from referrals.summaries import approved_synopsis, check_synopsis_tells_nobody, summary_to_offer
from screening.models import Band

HOUR = 60
USUAL_MINUTES = 24 * HOUR  # three working days
URGENT_MINUTES = 8 * HOUR  # one


def usual_minutes(case: Case) -> int:
    """Return how much of their working time somebody has for a case, unless the caseworker says otherwise."""
    return URGENT_MINUTES if case.band == Band.CRITICAL else USUAL_MINUTES


@transaction.atomic
def offer_referral(
    referral: Referral, *, practitioner: Practitioner, by: User, at: datetime, minutes: int | None = None
) -> Offer:
    """Put a queued referral to one practitioner, for so many of their working minutes, or the usual ones.

    Raises Forbidden for whoever is no caseworker of the case, or for a practitioner elsewhere; CascadeRuns
    while others are asked in turn; NotAvailable for one who takes none now; NotTrained for what the queue
    asks for; NamesNotClear while the names are not clear; KeptOff for one who is ring-fenced off;
    SaidConflict for one who said so of this case; TellsWho where what was written of the case says by now
    who it is; CaseOver once the case is over.
    """
    if not is_caseworker_of(by, referral.case) or practitioner.office_id != referral.office_id:
        raise Forbidden
    cases.lock_open(referral.case_id)
    if Cascade.objects.filter(referral=referral, ended_at=None).exists():
        raise CascadeRuns
    if standing_until_done(referral.matter_id) != CLEAR:
        raise NamesNotClear
    check_askable(referral, practitioner, at=at)
    check_words(referral.case, at=at)
    minutes = minutes or usual_minutes(referral.case)
    return put(referral, practitioner, minutes=minutes, offered_by=by, by=by, at=at)


def check_words(case: Case, *, at: datetime) -> None:
    """Raise TellsWho where what was written and approved of a case says by now who it is."""
    if approved := approved_synopsis(case):
        check_synopsis_tells_nobody(approved, at=at)


def check_askable(referral: Referral, practitioner: Practitioner, *, at: datetime) -> None:
    """Refuse somebody to whom this case may not be offered, as the database has it now.

    Raises NotAvailable; NotTrained; KeptOff; SaidConflict.
    """
    if not practitioner.may_be_asked(on=referral.office.today(at)):
        raise NotAvailable
    if not practitioner.was_trained_in(referral.queue.takes.get("trainings", ())):
        raise NotTrained
    if kept_off(referral.matter_id).filter(user=practitioner.user).exists():
        raise KeptOff
    said = Offer.objects.filter(referral__case=referral.case_id, practitioner=practitioner)
    if said.filter(status=OfferStatus.DECLINED, decline_reason="conflict").exists():
        raise SaidConflict


def put(
    referral: Referral,
    practitioner: Practitioner,
    *,
    minutes: int,
    offered_by: User,
    by: User | str,
    at: datetime,
) -> Offer:
    """Make the offer, and let them ask for the names; whoever calls holds the case and asked what may be."""
    Referral.LIFE.move(referral, ReferralStatus.OFFERED, by=by, event="referrals.referral_offered")
    until = add_minutes(at, minutes, practitioner.hours)
    offer = Offer.objects.create(
        **referral.matter.columns,
        referral=referral,
        practitioner=practitioner,
        user=practitioner.user,
        summary=summary_to_offer(referral.case, at=at),
        offered_by=offered_by,
        offered_at=at,
        expires_at=until,
        minutes=minutes,
        remind_at=add_minutes(at, minutes // 2, practitioner.hours),
    )
    cases.grant_access(
        referral.case_id, user=practitioner.user, scope=Scope.NAMES, reason=ASKED, expires_at=until
    )
    check_again(referral.matter, kind=CheckKind.OFFER, user=practitioner.user, by=by, at=at)
    data = {"case": str(referral.case_id), "minutes": minutes}
    record("referrals.offer_made", offer, by=by, at=at, data=data)
    return offer


@transaction.atomic
def rescind_offer(offer: Offer, *, reason: str, by: User, at: datetime) -> None:
    """Take an open offer back and say why; the referral goes back into the queue.

    Raises Forbidden for whoever is no caseworker of the case; CaseOver once the case is over; Stale where it
    was answered meanwhile.
    """
    if not is_caseworker_of(by, offer.referral.case):
        raise Forbidden
    cases.lock_open(offer.referral.case_id)
    take_offer_back(offer, reason, by=by, at=at)

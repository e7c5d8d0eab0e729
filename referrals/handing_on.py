"""Whoever holds a case asks a colleague to take it over; until a yes it stays where it is (ADR 68)."""

from datetime import datetime

from django.db import transaction

from cases import actions as cases
from cases.granting import call
from conflicts.queries import CLEAR, standing
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from referrals.ending import open_offers, take_offer_back
from referrals.engagements import OfferOver
from referrals.models import Assignment, Offer, OfferStatus, Practitioner, RescindReason
from referrals.offering import usual_minutes
from referrals.refusals import AskedAlready, NamesNotClear, NotAvailable, NotForThem
from referrals.rules import add_minutes
from referrals.summaries import approved_synopsis
from referrals.summary_queries import summary_for


@transaction.atomic
def ask_colleague(
    assignment: Assignment, *, practitioner: Practitioner, note: str, by: User, at: datetime
) -> Offer:
    """Ask a colleague to take a case over. They read it once they said yes; the `note` is theirs then too.

    The colleague learns the facts without a name, told less exactly, and checks the names as anybody who is
    asked. Raises Forbidden for anybody but whoever holds the case, or for themselves; OfferOver where it
    ended; CaseOver; AskedAlready; NotAvailable; NamesNotClear; NotForThem for one who is kept off the case
    or said no to it for a conflict.
    """
    if assignment.user_id != by.pk or practitioner.user_id == by.pk:
        raise Forbidden
    if practitioner.office_id != assignment.office_id:
        raise Forbidden
    cases.lock_open(assignment.case_id)
    if not Assignment.objects.filter(pk=assignment.pk, ended_at=None).exists():
        raise OfferOver
    if asked_over(assignment):
        raise AskedAlready
    if not practitioner.may_be_asked(on=assignment.office.today(at)):
        raise NotAvailable
    if standing(assignment.matter_id) != CLEAR:
        raise NamesNotClear
    made = _put(assignment, practitioner, note=note, by=by, at=at)
    if not call("sec.let_colleague_ask(%s)", [made.pk]):
        raise NotForThem
    data = {"case": str(assignment.case_id), "user": practitioner.user_id}
    record("referrals.hand_on_asked", made, by=by, at=at, data=data)
    return made


def _put(assignment: Assignment, practitioner: Practitioner, *, note: str, by: User, at: datetime) -> Offer:
    case = assignment.case
    minutes, hours = usual_minutes(case), practitioner.hours
    facts = summary_for(case, on=assignment.office.today(at), met=0)
    if approved := approved_synopsis(case):
        facts |= {"hours": approved.hours, "brings": list(approved.brings)}
    return Offer.objects.create(
        **assignment.matter.columns,
        referral_id=assignment.offer.referral_id,
        practitioner=practitioner,
        user=practitioner.user,
        summary=facts,
        hands_on=assignment,
        hand_on_note=note.strip(),
        offered_by=by,
        offered_at=at,
        expires_at=add_minutes(at, minutes, hours),
        minutes=minutes,
        remind_at=add_minutes(at, minutes // 2, hours),
    )


def asked_over(assignment: Assignment) -> Offer | None:
    """Return the open offer by which a colleague is asked to take a case over, or None."""
    rows = Offer.objects.filter(hands_on=assignment, status=OfferStatus.OPEN)
    return rows.select_related("practitioner__user", "practitioner__office").first()


@transaction.atomic
def take_asking_back(assignment: Assignment, *, by: User, at: datetime) -> None:
    """Ask the colleague no more: it stays with whoever holds it.

    Raises Forbidden for anybody but whoever holds the case; OfferOver where nobody is asked any more;
    CaseOver.
    """
    if assignment.user_id != by.pk:
        raise Forbidden
    cases.lock_open(assignment.case_id)
    if not unask(assignment, RescindReason.CHANGED, by=by, at=at):
        raise OfferOver


def unask(assignment: Assignment, why: str, *, by: User | str, at: datetime) -> bool:
    """Take back what a colleague is asked of an assignment; False where nobody is asked. The case is held."""
    asked = list(open_offers(hands_on=assignment))
    for offer in asked:
        take_offer_back(offer, why, by=by, at=at)
    return bool(asked)

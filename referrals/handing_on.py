"""Whoever holds a case asks a colleague to take it over; until a yes it stays where it is (ADR 68)."""

from datetime import datetime

from django.db import transaction

from cases import actions as cases
from cases.granting import call
from conflicts.queries import CLEAR, standing
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from foundation.vault.fields import sealed_fields
from referrals.asked_over import asked_over, unask
from referrals.engagements import OfferOver
from referrals.models import Assignment, Offer, Practitioner, RescindReason
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
    made = _drawn(assignment, practitioner, note=note, by=by, at=at)
    if not _put(made, assignment):
        raise NotForThem
    data = {"case": str(assignment.case_id), "user": practitioner.user_id}
    record("referrals.hand_on_asked", made, by=by, at=at, data=data)
    return made


def _drawn(assignment: Assignment, practitioner: Practitioner, *, note: str, by: User, at: datetime) -> Offer:
    """Return the offer to a colleague, not kept yet."""
    case = assignment.case
    minutes, hours = usual_minutes(case), practitioner.hours
    facts = summary_for(case, on=assignment.office.today(at), met=0)
    if approved := approved_synopsis(case):
        facts |= {"hours": approved.hours, "brings": list(approved.brings)}
    return Offer(
        **assignment.matter.columns,
        practitioner=practitioner,
        user=practitioner.user,
        summary=facts,
        hands_on_id=assignment.offer_id,
        hand_on_note=note.strip(),
        offered_by=by,
        offered_at=at,
        expires_at=add_minutes(at, minutes, hours),
        minutes=minutes,
        remind_at=add_minutes(at, minutes // 2, hours),
    )


def _put(made: Offer, assignment: Assignment) -> bool:
    """Have the database keep an offer to a colleague, sealed here; False where it may not be put to them."""
    told, note = (
        sealed_fields(Offer)[name].pre_save(made, add=True).blob for name in ("summary", "hand_on_note")
    )
    values = [made.pk, assignment.pk, made.practitioner_id, told, note]
    return call(
        "sec.ask_colleague(%s, %s, %s, %s, %s, %s, %s, %s::smallint)",
        [*values, made.expires_at, made.remind_at, made.minutes],
    )


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

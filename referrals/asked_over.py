"""A colleague is asked to take a case over: who that is, and how it is taken back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from cases.granting import call
from foundation.accounts.models import Role, User
from foundation.database.principal import bound_principal
from foundation.events.ledger import record
from referrals.ending import open_offers, take_offer_back
from referrals.models import Assignment, Offer, OfferStatus, Practitioner


@dataclass(frozen=True)
class AskedOver:
    """The open offer by which a colleague is asked to take a case over, and who that is."""

    id: UUID
    user_id: int
    practitioner: Practitioner


def asked_over(assignment: Assignment) -> AskedOver | None:
    """Return who is asked to take a case over, or None. Whoever holds it learns that from the database."""
    beside = Practitioner.objects.select_related("user", "office")
    offer = Offer.objects.filter(hands_on=assignment.offer_id, status=OfferStatus.OPEN).first()
    if offer:
        return AskedOver(offer.pk, offer.user_id, beside.get(pk=offer.practitioner_id))
    who = bound_principal()
    if who is None or who.role != Role.ATTORNEY:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, user_id, practitioner_id FROM sec.asked_over(%s)", [assignment.pk])
        row = cursor.fetchone()
    return AskedOver(row[0], row[1], beside.get(pk=row[2])) if row else None


def unask(assignment: Assignment, why: str, *, by: User | str, at: datetime) -> bool:
    """Take back what a colleague is asked of an assignment; False where nobody is asked. The case is held."""
    seen = list(open_offers(hands_on=assignment.offer_id))
    for offer in seen:
        take_offer_back(offer, why, by=by, at=at)
    asked = None if seen else asked_over(assignment)
    if asked is None or not call("sec.unask_colleague(%s, %s)", [asked.id, str(why)]):
        return bool(seen)
    gone = Offer(pk=asked.id, **assignment.matter.columns)
    data = {"case": str(assignment.case_id), "user": asked.user_id, "why": str(why)}
    record("referrals.offer_rescinded", gone, by=by, at=at, data=data)
    return True

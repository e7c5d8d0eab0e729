"""Who sees an offer and who may do what to a referral."""

from django.db.models import QuerySet

from cases.access import live_access
from cases.models import Case, Status
from foundation.accounts.models import Role, User
from referrals.models import Offer

# Why access was granted: to check the names of an offer, and to work on a case that was accepted.
ASKED, RESERVED = "offer", "assignment"


def offers_visible_to(user: User) -> QuerySet[Offer]:
    """Return the offers made to this person, and no one else's."""
    return Offer.objects.filter(user=user).select_related("office", "referral", "practitioner__user")


def may_read_summary(user: User, offer: Offer) -> bool:
    """Tell whether what an offer says of a case is still theirs to read: not once it is over."""
    return live_access(user).filter(matter_id=offer.matter_id).exists()


def may_refer(user: User, case: Case) -> bool:
    """Tell whether this caseworker may put this case into a queue."""
    return is_caseworker_of(user, case) and case.status in (Status.IN_TRIAGE, Status.SEEKING_COUNSEL)


def is_caseworker_of(user: User, case: Case) -> bool:
    return user.has_role(Role.CASEWORKER) and user.office == case.office

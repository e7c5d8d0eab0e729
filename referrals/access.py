"""Who sees an offer, who may do what to a referral, who leads the panel, and who answers for whom."""

from django.db import connection
from django.db.models import Q, QuerySet

from cases.access import live_access
from cases.models import Case, Status
from conflicts.access import fenced_matters
from conflicts.queries import PENDING, beside_list
from foundation.accounts.models import Office, Role, User
from foundation.refused import Forbidden
from referrals.models import Firm, Offer, OfferStatus, Practitioner

# Why access was granted: to check the names of an offer, and to work on a case that was accepted.
ASKED, RESERVED = "offer", "assignment"


def offers_visible_to(user: User) -> QuerySet[Offer]:
    """Return the offers made to this person and to those they answer for, and no one else's."""
    firm = Q(practitioner__in=people_of(user)) & ~Q(matter_id__in=fenced_matters(user))
    offers = Offer.objects.filter(Q(user=user) | firm)
    beside = ("office", "referral", "practitioner__user", "practitioner__office", "answered_by", "offered_by")
    return offers.select_related(*beside, "firm_shown_to")


def may_read_summary(user: User, offer: Offer) -> bool:
    """Tell whether what an offer says of a case is still theirs to read: not once it is over."""
    if offer.user_id != user.pk:
        return offer.status == OfferStatus.OPEN
    return live_access(user).filter(matter_id=offer.matter_id).exists()


def coordinated_firm(user: User) -> Firm | None:
    """Return the firm that somebody answers for, or None."""
    if not user.has_role(Role.ATTORNEY):
        return None
    return Firm.objects.filter(people__user=user, people__coordinates=True, ended_at=None).first()


def people_of(user: User) -> QuerySet[Practitioner]:
    """Return whom somebody answers for, themselves among them: sec.firm_people() says the same."""
    firm = coordinated_firm(user)
    return Practitioner.objects.filter(firm=firm) if firm else Practitioner.objects.none()


def answers_for(user: User, practitioner: Practitioner) -> bool:
    """Tell whether somebody is the coordinator of somebody else's firm."""
    return practitioner.user_id != user.pk and people_of(user).filter(pk=practitioner.pk).exists()


def may_refer(user: User, case: Case) -> bool:
    """Tell whether this caseworker may put this case into a queue."""
    return is_caseworker_of(user, case) and case.status in (Status.IN_TRIAGE, Status.SEEKING_COUNSEL)


def is_caseworker_of(user: User, case: Case) -> bool:
    return user.has_role(Role.CASEWORKER) and user.office == case.office


def administers(user: User, office: Office) -> bool:
    return user.has_role(Role.ADMINISTRATOR) and user.office == office


def leads_panel(user: User, office: Office) -> bool:
    """Tell whether somebody keeps the panel: an administrator or a supervisor of the office."""
    return user.has_role(Role.ADMINISTRATOR, Role.SUPERVISOR) and user.office == office


def check_administers(user: User, office: Office) -> None:
    """Raise Forbidden for whoever is no administrator of the office."""
    if not administers(user, office):
        raise Forbidden


def check_leads_panel(user: User, office: Office) -> None:
    """Raise Forbidden for whoever is neither administrator nor supervisor of the office."""
    if not leads_panel(user, office):
        raise Forbidden


def list_standing(offer: Offer) -> str:
    """Return how an offer's names stand beside the list of whom it was put to, for who answers for them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hits, checked, unread FROM sec.list_state(%s)", [offer.pk])
        row = cursor.fetchone()
    return beside_list(set(row[0]), row[1] or "", is_unread=bool(row[2])) if row else PENDING

"""What an attorney is asked and holds, and for whom they stand: what becomes of it once they go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.ending import CaseOver
from foundation.accounts.holdings import Holding, holding
from foundation.accounts.models import Role, User
from referrals.engagements import OfferOver, give_back
from referrals.models import Assignment, Offer, OfferStatus, Practitioner


@holding
def offers_open(user: User) -> Holding:
    return Holding(
        "offers",
        Role.ATTORNEY,
        _("Open offers"),
        Offer.objects.filter(user=user, status=OfferStatus.OPEN).count(),
        _("They are taken back; each referral waits in its queue again."),
    )


@holding
def assignments_live(user: User) -> Holding:
    return Holding(
        "assignments",
        Role.ATTORNEY,
        _("Cases they hold as attorney"),
        Assignment.objects.filter(user=user, ended_at=None).count(),
        _(
            "Each seeks counsel again, and its caseworker is told. Another attorney is asked before anything"
            " is theirs."
        ),
    )


@holding
def firms_coordinated(user: User) -> Holding:
    return Holding(
        "firms",
        Role.ATTORNEY,
        _("Firms they answer for"),
        Practitioner.objects.filter(user=user, coordinates=True).count(),
        _("Nobody else takes it on by itself: each of its people answers for themselves, and you are told."),
    )


@holding
def mentees_held(user: User) -> Holding:
    return Holding(
        "mentees",
        Role.ATTORNEY,
        _("Practitioners they are the mentor of"),
        Practitioner.objects.filter(mentor__user=user).count(),
        _("They have no mentor then, until you choose another."),
    )


@transaction.atomic
def give_all_back(user_id: int, *, by: str, at: datetime) -> int:
    """Give back every case somebody holds: none stays with nobody. Return how many."""
    live = Assignment.objects.filter(user=user_id, ended_at=None).order_by("case_id")
    given = 0
    for assignment in live.select_related("case__office", "offer__referral", "office"):
        try:
            give_back(assignment, by=by, at=at)
            given += 1
        except (CaseOver, OfferOver):  # it ended meanwhile by itself
            continue
    return given

"""Who is kept off which matter, and who may see and decide what was found."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from conflicts.models import ConflictCheck, ConflictHit, Party, RingFence
from foundation.accounts.models import Office, Role, User
from foundation.refused import Forbidden

STAFF = (Role.CASEWORKER, Role.ADMINISTRATOR)


def fenced_matters(user: User) -> QuerySet[RingFence, Any]:
    """Return the matters someone is kept off, to leave out of any list of matters."""
    return RingFence.objects.filter(user=user, lifted_at=None).values("matter_id")


def kept_off(matter_id: UUID) -> QuerySet[RingFence, Any]:
    """Return the people who are kept off a matter, to leave out of any list of people."""
    return RingFence.objects.filter(matter_id=matter_id, lifted_at=None).values("user")


def hits_visible_to(user: User) -> QuerySet[ConflictHit]:
    """Return what was found: staff see their office's, less the fenced; a practitioner their own list's."""
    if user.has_role(*STAFF) and user.office:
        fenced = fenced_matters(user)
        hits = ConflictHit.objects.filter(office=user.office, user=None, live=True)
        return hits.exclude(Q(matter_id__in=fenced) | Q(other_matter_id__in=fenced))
    if user.has_role(Role.ATTORNEY):
        return ConflictHit.objects.filter(user=user)
    return ConflictHit.objects.none()


def may_decide(user: User, hit: ConflictHit) -> bool:
    """Caseworkers decide for the office; a practitioner decides about their own list."""
    if hit.user_id:
        return hit.user_id == user.pk and user.is_active
    return user.has_role(Role.CASEWORKER) and user.office is not None and user.office.pk == hit.office_id


def may_decide_unread(user: User, check: ConflictCheck) -> bool:
    """The office's staff decide about its names; a practitioner about what was put beside their own list."""
    if check.user_id:
        return check.user_id == user.pk and user.is_active
    return may_fence(user, office_id=check.office_id)


def may_fence(user: User, *, office_id: int) -> bool:
    return user.has_role(*STAFF) and user.office is not None and user.office.pk == office_id


def list_of(user: User) -> QuerySet[Party]:
    """Return the parties of a practitioner's own list."""
    return Party.objects.filter(user=user, removed_at=None)


def office_of(user: User) -> Office:
    """Return the office someone works for, or raise Forbidden for somebody who works for none."""
    if user.office is None:
        raise Forbidden
    return user.office

"""Who sees a case and who may do what to it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.models import Case, CaseAccess, Scope, Status
from conflicts.access import fenced_matters
from foundation.accounts.giving_roles import attorneys_of
from foundation.accounts.models import Role, User

STAFF = (Role.CASEWORKER, Role.ADMINISTRATOR)


def live_access(user: User) -> QuerySet[CaseAccess]:
    """Return the person's grants that hold now: not revoked, not run out."""
    return _live().filter(user=user)


def _live() -> QuerySet[CaseAccess]:
    now = timezone.now()
    return CaseAccess.objects.filter(revoked_at=None, granted_at__lte=now).filter(
        Q(expires_at=None) | Q(expires_at__gt=now)
    )


def visible_to(user: User) -> QuerySet[Case]:
    """Return the cases this person may see.

    Staff see their office's; an attorney those with a live CaseAccess; an assistant those of their
    attorneys; a security officer none; nobody one that they are ring-fenced off.
    """
    if user.has_role(*STAFF) and user.office:
        return Case.objects.filter(office=user.office).exclude(matter_id__in=fenced_matters(user))
    if not user.is_active or user.role == Role.SECURITY:
        return Case.objects.none()
    if user.has_role(Role.ASSISTANT) and not user.has_role(Role.ATTORNEY):
        return _assisted_by(user)
    files = live_access(user).filter(scope=Scope.MATTER, case=OuterRef("pk"))
    return Case.objects.filter(Exists(files)).exclude(matter_id__in=fenced_matters(user))


def _assisted_by(user: User) -> QuerySet[Case]:
    """Return what the attorneys hold for whom an assistant works: sec.assisted_files() says the same."""
    theirs = _live().filter(user__in=attorneys_of(user, at=timezone.now()), scope=Scope.MATTER)
    files = theirs.exclude(matter_id__in=fenced_matters(user)).values("matter_id")
    return Case.objects.filter(matter_id__in=files)


def may_triage(user: User, case: Case) -> bool:
    return is_caseworker_of(user, case) and case.status == Status.IN_TRIAGE


def may_write_note(user: User, case: Case) -> bool:
    return visible_to(user).filter(pk=case.pk).exists()


def may_rescreen(user: User, case: Case) -> bool:
    return is_caseworker_of(user, case) and case.is_open


def may_change_dates(user: User, case: Case) -> bool:
    """A caseworker of the office, or an attorney who holds the matter, while the case is open."""
    if not user.has_role(Role.CASEWORKER, Role.ATTORNEY) or not case.is_open:
        return False
    return visible_to(user).filter(pk=case.pk).exists()


def may_keep_papers(user: User, case: Case) -> bool:
    """A caseworker of the office, of any case; an attorney while they hold the matter."""
    return keeps_papers(user) and visible_to(user).filter(pk=case.pk).exists()


def keeps_papers(user: User) -> bool:
    """Tell whether somebody keeps the papers of the cases they see."""
    return not user.has_role(Role.ADMINISTRATOR)


def holders_of(case: Case) -> list[User]:
    """Return who holds the whole matter now, as far as whoever is bound may see."""
    now = timezone.now()
    live = CaseAccess.objects.filter(case=case, scope=Scope.MATTER, revoked_at=None, granted_at__lte=now)
    live = live.filter(Q(expires_at=None) | Q(expires_at__gt=now), user__is_active=True)
    return [access.user for access in live.select_related("user")]


def is_caseworker_of(user: User, case: Case) -> bool:
    return user.has_role(Role.CASEWORKER) and user.office == case.office

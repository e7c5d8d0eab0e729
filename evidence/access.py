"""Who reads the library and who cites from it."""

from django.db.models import QuerySet

from cases.access import visible_to as visible_cases
from cases.models import Case
from evidence.models import Citation, Document, Link
from foundation.accounts.models import Role, User


def documents_visible_to(user: User) -> QuerySet[Document]:
    """Return the library of the person's office."""
    return Document.objects.filter(office=user.office) if user.office else Document.objects.none()


def links_visible_to(user: User) -> QuerySet[Link]:
    """Return what the person's office asked to be fetched or read."""
    return Link.objects.filter(office=user.office) if user.office else Link.objects.none()


def citations_visible_to(user: User) -> QuerySet[Citation]:
    """Return citations on the cases this person may see: what a case cites is as private as the case."""
    return Citation.objects.filter(case__in=visible_cases(user))


def may_cite(user: User, case: Case) -> bool:
    """Tell whether this person may tie evidence to this case: its attorney, or the office's attorneys."""
    return user.has_role(Role.ATTORNEY) and visible_cases(user).filter(pk=case.pk).exists()

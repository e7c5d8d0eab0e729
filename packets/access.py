"""Who puts packets together, and who sees them: the team of the matter."""

from django.db.models import QuerySet

from cases.access import visible_to as visible_cases
from cases.models import Case
from foundation.accounts.models import Role, User
from packets.declaration_models import Declaration
from packets.models import Packet


def packets_visible_to(user: User) -> QuerySet[Packet]:
    """Return the packets of the cases that an attorney holds, or that their assistants may see."""
    if not user.has_role(Role.ATTORNEY, Role.ASSISTANT):
        return Packet.objects.none()
    return Packet.objects.filter(case__in=visible_cases(user))


def declarations_visible_to(user: User) -> QuerySet[Declaration]:
    """Return the declarations of the cases that an attorney holds, or that their assistants may see."""
    if not user.has_role(Role.ATTORNEY, Role.ASSISTANT):
        return Declaration.objects.none()
    return Declaration.objects.filter(case__in=visible_cases(user))


def may_compose(user: User, case: Case) -> bool:
    """Tell whether somebody may put a packet together and file it: the attorney who holds the matter."""
    return user.has_role(Role.ATTORNEY) and visible_cases(user).filter(pk=case.pk).exists()

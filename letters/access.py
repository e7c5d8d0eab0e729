"""Who may do what with letters."""

from cases.access import visible_to
from cases.law import is_law_reader
from cases.models import Case
from foundation.accounts.models import Office, Role, User


def may_write_templates(user: User, office: Office) -> bool:
    return user.has_role(Role.ADMINISTRATOR) and user.office == office


def may_approve(user: User, office: Office) -> bool:
    """A lawyer whom the administrator named to read what is law and what is promised."""
    return user.office == office and is_law_reader(user)


def may_write_letters(user: User, case: Case) -> bool:
    """A caseworker of the office, or the attorney who holds the matter; after its end too."""
    if user.has_role(Role.ADMINISTRATOR, Role.ASSISTANT):
        return False
    return visible_to(user).filter(pk=case.pk).exists()

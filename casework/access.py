"""Who does the day's work on a case, and who logs hours on it."""

from cases.access import may_change_dates, visible_to
from cases.models import Case
from foundation.accounts.models import Role, User


def may_work(user: User, case: Case) -> bool:
    """A caseworker of the office, or an attorney who holds the matter, while the case is open."""
    return may_change_dates(user, case)


def may_log_hours(user: User, case: Case) -> bool:
    """An attorney who holds the matter, or an assistant of theirs, while the case is open."""
    helps = user.has_role(Role.ATTORNEY, Role.ASSISTANT)
    return helps and visible_to(user).filter(pk=case.pk, closed_at=None).exists()

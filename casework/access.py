"""Who does the day's work on a case."""

from cases.access import may_change_dates
from cases.models import Case
from foundation.accounts.models import User


def may_work(user: User, case: Case) -> bool:
    """A caseworker of the office, or an attorney who holds the matter, while the case is open."""
    return may_change_dates(user, case)

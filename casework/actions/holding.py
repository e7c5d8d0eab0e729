"""What each piece of the work begins with: who may, and that the case goes on."""

from django.utils.translation import gettext_lazy as _

from cases.ending import lock_open
from cases.models import Case
from casework.access import may_work
from foundation.accounts.models import User
from foundation.refused import Forbidden, Refused


class Settled(Refused):
    status = 409
    message = _("A colleague settled this meanwhile. What stands now is below.")


def hold(case: Case, by: User) -> None:
    """Let whoever may work on a case go on, and keep it open meanwhile. Raises Forbidden; CaseOver."""
    if not may_work(by, case):
        raise Forbidden
    lock_open(case.pk)

"""What the person who asks may see, or 404: unknown to you is not there. Who had it once reads why."""

import uuid
from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.access import visible_to
from cases.models import Case
from foundation.accounts.access import StaffRequest
from foundation.accounts.models import Role, User
from foundation.refused import Refused
from referrals.models import Assignment
from referrals.queries import ended_assignment


class AccessEnded(Refused):
    status = 403
    title = _lazy("You do not hold this case any more")


Cases = QuerySet[Case]


def case_for(
    request: StaffRequest, pk: uuid.UUID, *, more: Callable[[Cases], Cases] = lambda cases: cases
) -> Case:
    """Return a case the person may see, or answer 404; `more` adds to what is read of it.

    Raises AccessEnded for an attorney who had it once.
    """
    cases = visible_to(request.user).select_related("office", "applicant", "intake__office", "caseworker")
    cases = more(cases)
    try:
        case: Case = get_object_or_404(cases, pk=pk)
    except Http404:
        had = ended_assignment(request.user, pk) if request.user.has_role(Role.ATTORNEY) else None
        if had is None:
            raise
        raise AccessEnded(_gone(had)) from None
    return case


def _gone(had: Assignment) -> str:
    """Say what happened, when, and whom to ask; nothing of the person."""
    office, asked_by = had.office, had.offer.offered_by
    day = date_format(office.today(had.ended_at)) if had.ended_at else ""
    whom: User | None = asked_by if asked_by.is_active else None
    return " ".join(
        [
            _("You held this case until %(day)s.") % {"day": day},
            str(had.get_ended_how_display()),
            _("What you wrote stays with the office."),
            _("Ask %(who)s.") % {"who": whom.name} if whom else "",
            _("The office: %(phone)s.") % {"phone": office.phone} if office.phone else "",
        ]
    ).strip()

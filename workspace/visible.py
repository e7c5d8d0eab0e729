"""What the person who asks may see, or 404: unknown to you is not there."""

import uuid

from django.shortcuts import get_object_or_404

from cases.access import visible_to
from cases.models import Case
from foundation.accounts.access import StaffRequest


def case_for(request: StaffRequest, pk: uuid.UUID) -> Case:
    """Return a case the person may see, or answer 404."""
    cases = visible_to(request.user).select_related("office", "applicant", "intake__office", "caseworker")
    return get_object_or_404(cases, pk=pk)

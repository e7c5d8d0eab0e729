"""What the person who asks may see, or 404: unknown to you is not there."""

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cases.access import visible_to
from cases.models import Case


def case_for(request: HttpRequest, pk: uuid.UUID) -> Case:
    """Return a case the person may see, or answer 404."""
    cases = visible_to(request.user).select_related("office", "applicant", "intake", "caseworker")  # type: ignore[arg-type]
    return get_object_or_404(cases, pk=pk)

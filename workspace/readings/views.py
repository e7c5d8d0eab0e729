"""Who opened what: where the reading alarm leads, and a case's page with who looked at it."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.forms import asked_in
from workspace.readings import queries
from workspace.readings.forms import DayForm
from workspace.visible import case_for


@staff(Role.SECURITY, Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def readers(request: StaffRequest) -> HttpResponse:
    """List the people whose readings one may see, with how much each opened today."""
    listed = queries.readers_of(request.user, request.office, at=timezone.now())
    return render(request, "workspace/readings.html", {"readers": listed})


@staff(Role.SECURITY, Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def by_person(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what one person opened on a day, and why."""
    member = get_object_or_404(request.office.memberships.select_related("user", "office"), user_id=pk)
    if not queries.watched_by(request.user, request.office).filter(pk=member.pk).exists():
        raise PermissionDenied
    today = request.office.today(timezone.now())
    day = min(asked_in(request, DayForm)["day"] or today, today)
    page = queries.day_of(member, user=request.user, day=day, today=today)
    return render(request, "workspace/readings_of.html", {"page": page})


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def by_case(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who opened one case, or had its name in a list, and why."""
    case = case_for(request, pk)
    context = {"case": case, "readings": queries.readings_of_case(case)}
    return render(request, "workspace/readings_of_case.html", context)

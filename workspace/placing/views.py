from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from workspace.placing.queries import placing_page


@staff(Role.CASEWORKER)
@require_safe
def placing(request: StaffRequest) -> HttpResponse:
    """Show where every referral stands, why it waits, and how long the way took lately."""
    page = placing_page(request.user, request.office, at=timezone.now())
    return render(request, "workspace/placing.html", {"page": page})

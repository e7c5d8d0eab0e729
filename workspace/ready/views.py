"""Getting ready: what the office needs before real people may use it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from workspace.ready.queries import missing, ready_items


@staff(Role.ADMINISTRATOR)
@require_safe
def ready(request: StaffRequest) -> HttpResponse:
    """Show what is done and what is missing, with the way to each."""
    items = ready_items(request.office, on=request.office.today(timezone.now()))
    context = {"items": items, "missing": missing(items)}
    return render(request, "workspace/ready.html", context)

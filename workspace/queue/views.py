"""The office's cases in one list, most urgent first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Status
from cases.queries import counts_by_status, queue_for
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from workspace.queue.queries import named

PER_PAGE = 50


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """Show the office's cases, most urgent first, fifty to a page."""
    user = request.user
    status = request.GET.get("status", "")
    status = status if status in Status.values else ""
    page = int(number) if (number := request.GET.get("page", "1")).isdecimal() else 1
    page = min(max(page, 1), 10_000)
    today = request.office.today(timezone.now())
    rows = list(queue_for(user, status=status, on=today)[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    context = {
        "rows": named(rows[:PER_PAGE], purpose="queue"),
        "status": status,
        "statuses": Status.choices,
        "counts": counts_by_status(user),
        "page": page,
        "next_page": page + 1 if len(rows) > PER_PAGE else None,
        "previous_page": page - 1 if page > 1 else None,
        "today": today,
    }
    return render(request, "workspace/queue.html", context)

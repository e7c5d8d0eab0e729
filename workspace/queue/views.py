"""The office's cases in one list, most urgent first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Status
from cases.queries import counts_by_status, how_many, queue_for
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.forms import asked_in
from foundation.pages import Counted
from workspace.queue.forms import QueueForm
from workspace.queue.queries import case_rows

PER_PAGE = 50


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """Show the office's cases, most urgent first, fifty to a page."""
    asked = asked_in(request, QueueForm)
    today = request.office.today(timezone.now())
    cases = queue_for(request.user, status=asked["status"], on=today)
    counts = counts_by_status(request.user)
    pages = Counted(cases, PER_PAGE, total=how_many(counts, asked["status"]))
    page = pages.get_page(asked["page"])
    context = {
        "rows": case_rows(page.object_list, purpose="queue", today=today),
        "page": page,
        "status": asked["status"],
        "statuses": Status.choices,
    }
    return render(request, "workspace/queue.html", context)

"""The office's cases in one list, most urgent first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.queries import cases_of, most_urgent_first, of_a_burst
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.filters import narrowed, shown_filters
from foundation.forms import asked_in
from foundation.pages import Counted
from workspace.queue.forms import QueueForm
from workspace.queue.queries import CaseRow, case_rows

PER_PAGE = 50


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """Show the office's cases, most urgent first, fifty to a page."""
    asked = asked_in(request, QueueForm)
    today = request.office.today(timezone.now())
    cases = narrowed(cases_of(request.user), QueueForm, asked)
    # Counted before the dates of each case are looked up: that would join every one of them.
    pages = Counted(most_urgent_first(cases, on=today), PER_PAGE, total=cases.count())
    page = pages.get_page(asked["page"])
    context = {
        "rows": case_rows(page.object_list, purpose="queue", today=today),
        "columns": CaseRow.columns(),
        "page": page,
        "filters": shown_filters(QueueForm, asked),
        "has_marked": of_a_burst(request.user).exists(),
    }
    return render(request, "workspace/queue.html", context)

"""The home pages, one for each role."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from conflicts.queries import pending_count, worker_state
from directory.queries import to_check
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.events.queries import office_events
from foundation.work.queries import stuck_count
from workspace.history.queries import entries
from workspace.home import attorney, queries, supervising
from workspace.ready.queries import missing, ready_items


@staff()
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show the home page of the role that the person acts in."""
    pages = {
        Role.SUPERVISOR: supervisor_home,
        Role.CASEWORKER: caseworker_home,
        Role.ATTORNEY: attorney_home,
        Role.ASSISTANT: assistant_home,
        Role.ADMINISTRATOR: administrator_home,
        Role.SECURITY: security_home,
    }
    return pages[Role(request.user.role)](request)


def supervisor_home(request: StaffRequest) -> HttpResponse:
    page = supervising.supervisor_home(request.user, request.office, at=timezone.now())
    return render(request, "workspace/supervisor_home.html", {"page": page})


def caseworker_home(request: StaffRequest) -> HttpResponse:
    at = timezone.now()
    page = queries.caseworker_home(request.user, today=request.office.today(at), at=at)
    return render(request, "workspace/caseworker_home.html", {"page": page})


def attorney_home(request: StaffRequest) -> HttpResponse:
    return render(
        request,
        "workspace/attorney_home.html",
        {"page": attorney.attorney_home(request.user, at=timezone.now())},
    )


def assistant_home(request: StaffRequest) -> HttpResponse:
    return render(request, "workspace/assistant_home.html", {"page": queries.assistant_home(request.user)})


def security_home(request: StaffRequest) -> HttpResponse:
    page = queries.security_home(request.user, request.office, at=timezone.now())
    return render(request, "workspace/security_home.html", {"page": page})


def administrator_home(request: StaffRequest) -> HttpResponse:
    user, today = request.user, request.office.today(timezone.now())
    context = {
        "members": request.office.memberships.select_related("user").order_by("roles", "user__name"),
        "office": request.office,
        "stuck": stuck_count(request.office.pk),
        "events": entries(office_events(request.office.pk)[:30]),
        "counts": queries.counts_of(user),
        "missing": missing(ready_items(request.office, on=today)),
        "help_due": to_check(request.office, on=today).count(),
        "names_worker": worker_state(),
        "names_pending": pending_count(request.office.pk),
    }
    return render(request, "workspace/administrator_home.html", context)

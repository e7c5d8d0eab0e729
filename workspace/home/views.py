"""The home pages, one for each role."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from workspace.home import administering, attorney, caseworker, queries, supervising


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
    page = caseworker.caseworker_home(request.user, request.office, at=timezone.now())
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
    page = administering.administrator_home(request.office, at=timezone.now())
    return render(
        request, "workspace/administrator_home.html", {"page": page, "names_worker": page.names_worker}
    )

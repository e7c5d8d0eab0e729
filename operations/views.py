"""How the installation stands, for an administrator: what `manage.py doctor` says, and what was run."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from operations.doctor import as_seen_by_web
from operations.findings import OK
from operations.models import Run

SHOWN = 20


@staff(Role.ADMINISTRATOR)
@require_safe
def installation(request: StaffRequest) -> HttpResponse:
    """Show how each part stands, what to do where one fails, and the newest backups, drills and sweeps."""
    findings = sorted(as_seen_by_web(at=timezone.now()), key=lambda one: one.state == OK)
    context = {"findings": findings, "runs": Run.objects.filter(ended_at__isnull=False)[:SHOWN]}
    return render(request, "operations/installation.html", context)

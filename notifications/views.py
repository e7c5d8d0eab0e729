from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff
from notifications import actions
from notifications.queries import inbox_lines


@staff()
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """Show the person's messages, newest first."""
    return render(request, "notifications/inbox.html", {"inbox": inbox_lines(request.user)})


@staff()
@require_POST
def mark_read(request: StaffRequest) -> HttpResponse:
    actions.mark_all_read(request.user, at=timezone.now())
    return redirect("notifications:inbox")

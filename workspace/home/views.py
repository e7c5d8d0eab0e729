"""Three home pages, one for each role, and what an administrator puts back in line there."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.models import Status
from cases.queries import counts_by_status, queue_for
from conflicts.queries import pending_count, worker_state
from evidence.queries import library
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.events import relay
from foundation.events.models import Delivery
from foundation.events.queries import office_events, open_deliveries
from foundation.files.uploads import stuck_uploads
from intake.queries import urgent_drafts
from notifications import actions as message_actions
from notifications.models import Message
from notifications.queries import failed_messages
from referrals.queries import open_offers, waiting_referrals
from workspace.history.queries import entries
from workspace.home.queries import assigned
from workspace.queue.queries import named


@staff()
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show the home page of the person's role."""
    pages = {
        Role.CASEWORKER: caseworker_home,
        Role.ATTORNEY: attorney_home,
        Role.ADMINISTRATOR: administrator_home,
    }
    return pages[Role(request.user.role)](request)


def caseworker_home(request: StaffRequest) -> HttpResponse:
    user = request.user
    today = request.office.today(timezone.now())
    context = {
        "counts": counts_by_status(user),
        "urgent": named(queue_for(user, status=Status.IN_TRIAGE, on=today)[:8], purpose="home"),
        "waiting": waiting_referrals(user)[:8],
        "unfinished": urgent_drafts(request.office.pk),
        "today": today,
    }
    return render(request, "workspace/caseworker_home.html", context)


def attorney_home(request: StaffRequest) -> HttpResponse:
    user = request.user
    context = {
        "offers": open_offers(user),
        "assignments": assigned(user),
        "documents": library(user)[:5],
        "today": request.office.today(timezone.now()),
    }
    return render(request, "workspace/attorney_home.html", context)


def administrator_home(request: StaffRequest) -> HttpResponse:
    user = request.user
    context = {
        "members": request.office.memberships.select_related("user").order_by("role", "user__name"),
        "deliveries": open_deliveries()[:50],
        "failed": failed_messages(request.office.pk)[:50],
        "stuck_uploads": stuck_uploads(request.office.pk)[:50],
        "events": entries(office_events(request.office.pk)[:30]),
        "counts": counts_by_status(user),
        "names_worker": worker_state(),
        "names_pending": pending_count(request.office.pk),
    }
    return render(request, "workspace/administrator_home.html", context)


@staff(Role.ADMINISTRATOR)
@require_POST
def delivery_retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a stuck delivery back in line."""
    relay.retry(get_object_or_404(Delivery, pk=pk))
    messages.success(request, _("It will be tried again in a moment."))
    return redirect("home")


@staff(Role.ADMINISTRATOR)
@require_POST
def message_retry(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a failed message back in line."""
    message = get_object_or_404(Message, pk=pk, office_id=request.office.pk)
    message_actions.retry_message(message, by=request.user, at=timezone.now())
    messages.success(request, _("It will be sent again in a moment."))
    return redirect("home")

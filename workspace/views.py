"""Pages that set the apps side by side: three home pages, the queue, the case page and its doors."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases import actions as case_actions
from cases.access import visible_to
from cases.forms import DeclineCaseForm, NoteForm, TriageForm
from cases.models import Case, Status
from cases.queries import counts_by_status, queue_for
from conflicts.queries import pending_count, worker_state
from evidence.queries import library
from foundation.accounts.access import staff, step_up
from foundation.accounts.models import Role
from foundation.events import relay
from foundation.events.models import Delivery
from foundation.events.queries import office_events, open_deliveries
from foundation.files.uploads import stuck_uploads
from intake.queries import urgent_drafts
from notifications import actions as message_actions
from notifications.models import Message
from notifications.queries import failed_messages
from referrals import actions as referral_actions
from referrals.forms import EngagementForm, OfferForm, ReferForm, ReferOutForm
from referrals.models import Assignment, Offer
from referrals.queries import (
    live_assignment,
    live_referral,
    open_offers,
    waiting_referrals,
)
from workspace.acting import act
from workspace.ledger import entries
from workspace.queries import assigned, case_page, named

PER_PAGE = 50


@staff()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page of the person's role."""
    pages = {
        Role.CASEWORKER: caseworker_home,
        Role.ATTORNEY: attorney_home,
        Role.ADMINISTRATOR: administrator_home,
    }
    return pages[Role(request.user.role)](request)  # type: ignore[union-attr]


def caseworker_home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    today = user.office.today(timezone.now())
    context = {
        "counts": counts_by_status(user),
        "urgent": named(queue_for(user, status=Status.IN_TRIAGE, on=today)[:8], purpose="home"),
        "waiting": waiting_referrals(user)[:8],
        "unfinished": urgent_drafts(user.office.pk),
        "today": today,
    }
    return render(request, "workspace/caseworker_home.html", context)


def attorney_home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context = {
        "offers": open_offers(user),
        "assignments": assigned(user),
        "documents": library(user)[:5],
        "today": user.office.today(timezone.now()),
    }
    return render(request, "workspace/attorney_home.html", context)


def administrator_home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context = {
        "members": user.office.memberships.select_related("user").order_by("role", "user__name"),
        "deliveries": open_deliveries()[:50],
        "failed": failed_messages(user.office.pk)[:50],
        "stuck_uploads": stuck_uploads(user.office.pk)[:50],
        "events": entries(office_events(user.office.pk)[:30]),
        "counts": counts_by_status(user),
        "names_worker": worker_state(),
        "names_pending": pending_count(user.office.pk),
    }
    return render(request, "workspace/administrator_home.html", context)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show the office's cases, most urgent first, fifty to a page."""
    user: Any = request.user
    status = request.GET.get("status", "")
    status = status if status in Status.values else ""
    page = int(number) if (number := request.GET.get("page", "1")).isdecimal() else 1
    page = min(max(page, 1), 10_000)
    today = user.office.today(timezone.now())
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


def case_for(request: HttpRequest, pk: uuid.UUID) -> Case:
    """Return a case the person may see, or answer 404."""
    cases = visible_to(request.user).select_related("office", "applicant", "intake", "caseworker")  # type: ignore[arg-type]
    return get_object_or_404(cases, pk=pk)


@staff()
@require_safe
def case(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one case: who, how urgent, why, which dates, what next, what happened."""
    return _case_page(request, case_for(request, pk))


def _case_page(request: HttpRequest, case: Case, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = case_page(case, user=request.user, at=timezone.now())
    if "triage_form" in forms:
        forms["triage_form"].shown_beside(context["screening"])
    return render(request, "workspace/case.html", {**context, **forms}, status=status)


def _act(
    request: HttpRequest, case: Case, name: str, form: Any, action: Callable[..., Any], done: str
) -> HttpResponse:
    """Run one action with a form's values; on refusal show the case again with what was typed."""
    status = act(request, form, action, done)
    if status is None:
        return redirect(case)
    return _case_page(request, case_for(request, case.pk), status=status, **{name: form})


def _bind(action: Callable[..., Any], thing: Any) -> Callable[..., Any]:
    return lambda **values: action(thing, **values)


@staff(Role.CASEWORKER)
@require_POST
def triage(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), TriageForm(request.POST)
    done = _("Triage is recorded.")
    return _act(request, case, "triage_form", form, _bind(case_actions.triage_case, case), done)


@staff(Role.CASEWORKER)
@require_POST
def decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), DeclineCaseForm(request.POST)
    done = _("The case is declined.")
    return _act(request, case, "decline_form", form, _bind(case_actions.decline_case, case), done)


@staff()
@require_POST
def note(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), NoteForm(request.POST)
    return _act(request, case, "note_form", form, _bind(case_actions.add_note, case), _("Noted."))


@staff(Role.CASEWORKER)
@require_POST
def refer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    form = ReferForm(request.POST, office=case.office)
    done = _("The case is in the queue. Now offer it to a practitioner.")
    return _act(request, case, "refer_form", form, _bind(referral_actions.refer_case, case), done)


@staff(Role.CASEWORKER)
@require_POST
def refer_out(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), ReferOutForm(request.POST)
    done = _("The hand-off is recorded.")
    return _act(request, case, "refer_out_form", form, _bind(referral_actions.refer_out, case), done)


@staff(Role.CASEWORKER)
@require_POST
@step_up(back="case")
def offer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer the case's referral to the practitioner picked."""
    case = case_for(request, pk)
    referral = live_referral(case)
    if referral is None:
        messages.error(request, _("This case has no live referral."))
        return redirect(case)
    form = OfferForm(request.POST, office=case.office)
    days = settings.OFFER_DAYS
    done = (
        ngettext("Offered. They have %d day to answer.", "Offered. They have %d days to answer.", days) % days
    )
    return _act(request, case, "offer_form", form, _bind(referral_actions.offer_referral, referral), done)


@staff(Role.CASEWORKER)
@require_POST
def rescind(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an open offer back."""
    cases = visible_to(request.user)  # type: ignore[arg-type]
    found = get_object_or_404(Offer.objects.select_related("referral__case"), pk=pk, referral__case__in=cases)
    referral_actions.rescind_offer(found, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The offer is taken back."))
    return redirect(found.referral.case)


def _assignment(request: HttpRequest, case: Case) -> Assignment:
    assignment = live_assignment(case)
    if assignment is None:
        raise referral_actions.OfferOver(_("This case has no live assignment."))
    return assignment


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def engagement(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), EngagementForm(request.POST)
    action = _bind(referral_actions.record_engagement, _assignment(request, case))
    done = _("The engagement is recorded: this person is represented.")
    return _act(request, case, "engagement_form", form, action, done)


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a case back: it seeks counsel again."""
    case = case_for(request, pk)
    referral_actions.release_assignment(_assignment(request, case), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The case is given back and seeks counsel again."))
    return redirect("home" if request.user.has_role(Role.ATTORNEY) else case)  # type: ignore[union-attr]


@staff(Role.ADMINISTRATOR)
@require_POST
def delivery_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a stuck delivery back in line."""
    relay.retry(get_object_or_404(Delivery, pk=pk))
    messages.success(request, _("It will be tried again in a moment."))
    return redirect("home")


@staff(Role.ADMINISTRATOR)
@require_POST
def message_retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a failed message back in line."""
    message = get_object_or_404(Message, pk=pk, office_id=request.user.office.pk)  # type: ignore[union-attr]
    message_actions.retry_message(message, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("It will be sent again in a moment."))
    return redirect("home")

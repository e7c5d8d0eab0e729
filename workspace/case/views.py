"""The case page and its doors: who, how urgent, why, which dates, what next, what happened."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases import actions as case_actions
from cases.access import visible_to
from cases.forms import DeclineCaseForm, NoteForm, TriageForm
from cases.models import Case
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.models import Role
from referrals import actions as referral_actions
from referrals.forms import EngagementForm, OfferForm, ReferForm, ReferOutForm
from referrals.models import Assignment, Offer
from referrals.queries import live_assignment, live_referral
from workspace.acting import act
from workspace.case.queries import case_page
from workspace.visible import case_for


@staff()
@require_safe
def case(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one case: who, how urgent, why, which dates, what next, what happened."""
    return _case_page(request, case_for(request, pk))


def _case_page(request: StaffRequest, case: Case, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = case_page(case, user=request.user, at=timezone.now())
    return render(request, "workspace/case.html", {**context, **forms}, status=status)


def _act(
    request: StaffRequest, case: Case, name: str, form: Any, action: Callable[..., Any], done: str
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
def triage(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), TriageForm(request.POST)
    done = _("Triage is recorded.")
    return _act(request, case, "triage_form", form, _bind(case_actions.triage_case, case), done)


@staff(Role.CASEWORKER)
@require_POST
def decline(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), DeclineCaseForm(request.POST)
    done = _("The case is declined.")
    return _act(request, case, "decline_form", form, _bind(case_actions.decline_case, case), done)


@staff()
@require_POST
def note(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), NoteForm(request.POST)
    return _act(request, case, "note_form", form, _bind(case_actions.add_note, case), _("Noted."))


@staff(Role.CASEWORKER)
@require_POST
def refer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    form = ReferForm(request.POST, office=case.office)
    done = _("The case is in the queue. Now offer it to a practitioner.")
    return _act(request, case, "refer_form", form, _bind(referral_actions.refer_case, case), done)


@staff(Role.CASEWORKER)
@require_POST
def refer_out(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), ReferOutForm(request.POST)
    done = _("The hand-off is recorded.")
    return _act(request, case, "refer_out_form", form, _bind(referral_actions.refer_out, case), done)


@staff(Role.CASEWORKER)
@require_POST
@step_up(back="case")
def offer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
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
def rescind(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an open offer back."""
    cases = visible_to(request.user)
    found = get_object_or_404(Offer.objects.select_related("referral__case"), pk=pk, referral__case__in=cases)
    referral_actions.rescind_offer(found, by=request.user, at=timezone.now())
    messages.success(request, _("The offer is taken back."))
    return redirect(found.referral.case)


def _assignment(request: StaffRequest, case: Case) -> Assignment:
    assignment = live_assignment(case)
    if assignment is None:
        raise referral_actions.OfferOver(_("This case has no live assignment."))
    return assignment


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def engagement(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), EngagementForm(request.POST)
    action = _bind(referral_actions.record_engagement, _assignment(request, case))
    done = _("The engagement is recorded: this person is represented.")
    return _act(request, case, "engagement_form", form, action, done)


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def release(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a case back: it seeks counsel again."""
    case = case_for(request, pk)
    referral_actions.release_assignment(_assignment(request, case), by=request.user, at=timezone.now())
    messages.success(request, _("The case is given back and seeks counsel again."))
    return redirect("home" if request.user.has_role(Role.ATTORNEY) else case)

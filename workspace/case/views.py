"""The case page and its doors: who, how urgent, why, which dates, what next, what happened."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases import actions as case_actions
from cases.access import visible_to
from cases.forms import NoteForm, TriageForm
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff, step_up
from foundation.accounts.models import Role
from foundation.events.lifecycle import Stale
from referrals import actions as referral_actions
from referrals.forms import EngagementForm, OfferForm, ReferForm
from referrals.models import Offer
from referrals.queries import live_assignment, live_referral
from workspace.case.show import act_on_case, show_case
from workspace.visible import case_for


@staff(*ON_MATTERS)
@require_safe
def case(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one case: who, how urgent, why, which dates, what next, what happened."""
    return show_case(request, case_for(request, pk))


@staff(Role.CASEWORKER)
@require_POST
def triage(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), TriageForm(request.POST)
    action = partial(case_actions.triage_case, case)
    return act_on_case(request, case, action, form=form, done=_("Triage is recorded."))


@staff(*ON_MATTERS)
@require_POST
def note(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), NoteForm(request.POST)
    return act_on_case(request, case, partial(case_actions.add_note, case), form=form, done=_("Noted."))


@staff(Role.CASEWORKER)
@require_POST
def refer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    form, action = ReferForm(request.POST, office=case.office), partial(referral_actions.refer_case, case)
    done = _("The case is in the queue. Now offer it to a practitioner.")
    return act_on_case(request, case, action, form=form, done=done)


@staff(Role.CASEWORKER)
@require_POST
@step_up("offers", back="case")
def offer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer the case's referral to the practitioner picked."""
    case, days = case_for(request, pk), settings.OFFER_DAYS
    form = OfferForm(request.POST, office=case.office)
    done = (
        ngettext("Offered. They have %d day to answer.", "Offered. They have %d days to answer.", days) % days
    )

    def action(**values: Any) -> Any:
        referral = live_referral(case)
        if referral is None:
            raise referral_actions.OfferOver(_("This case has no live referral."))
        return referral_actions.offer_referral(referral, **values)

    return act_on_case(request, case, action, form=form, done=done)


@staff(Role.CASEWORKER)
@require_POST
def untake(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a case out of its queue: it stands in triage again."""
    case = case_for(request, pk)
    referral = live_referral(case)
    if referral is None:
        raise Stale
    action = partial(referral_actions.untake_referral, referral)
    return act_on_case(request, case, action, done=_("It is out of the queue, and in triage again."))


@staff(Role.CASEWORKER)
@require_POST
def rescind(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an open offer back."""
    cases = visible_to(request.user)
    offers = Offer.objects.select_related("referral__case")
    offer = get_object_or_404(offers, pk=pk, referral__case__in=cases)
    action = partial(referral_actions.rescind_offer, offer)
    return act_on_case(request, offer.referral.case, action, done=_("The offer is taken back."))


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def engagement(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    done = _("The engagement is recorded: this person is represented.")
    return _act_on_assignment(
        request, pk, referral_actions.note_engagement, EngagementForm(request.POST), done
    )


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def release(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a case back: it seeks counsel again."""
    done = _("The case is given back and seeks counsel again.")
    answer = _act_on_assignment(request, pk, referral_actions.release_assignment, None, done)
    gone = answer.status_code == 302 and request.user.has_role(Role.ATTORNEY)
    return redirect("home") if gone else answer


def _act_on_assignment(
    request: StaffRequest, pk: uuid.UUID, action: Callable[..., Any], form: forms.Form | None, done: str
) -> HttpResponse:
    case = case_for(request, pk)

    def act(**values: Any) -> Any:
        assignment = live_assignment(case)
        if assignment is None:
            raise referral_actions.OfferOver(_("This case has no live assignment."))
        return action(assignment, **values)

    return act_on_case(request, case, act, form=form, done=done)

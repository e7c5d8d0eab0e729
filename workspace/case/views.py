"""The tabs of a case and their doors."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages as django_messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import actions as case_actions
from cases.access import visible_to
from cases.forms import NoteForm, TriageForm
from cases.models import Case
from casework.actions import write_note
from casework.mentions import unknown_in
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff, step_up
from foundation.accounts.models import Role
from foundation.events.access import gathered
from foundation.events.lifecycle import Stale
from referrals import actions as referral_actions
from referrals.engaging_forms import ReleaseForm
from referrals.forms import CascadeForm, EngagementForm, OfferForm, ReferForm, RescindForm
from referrals.models import Cascade, Offer, Referral
from referrals.queries import live_assignment, live_referral
from workspace.case.show import act_on_case, show_tab
from workspace.case.summary import summary_of
from workspace.case.work_forms import people_of
from workspace.desk import desk_for
from workspace.strip import NoSuchTab, strip_of
from workspace.visible import case_for


@staff(*ON_MATTERS)
@require_safe
def case(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the overview of one case: what to do, whether it is safe to call, which days count."""
    return show_tab(request, pk, "overview")


@staff(*ON_MATTERS)
@require_safe
def told_us(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the person told us."""
    return show_tab(request, pk, "told-us")


@staff(*ON_MATTERS)
@require_safe
def people(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show whose names are in the matter and how they stand."""
    return show_tab(request, pk, "people")


@staff(*ON_MATTERS)
@require_safe
def evidence(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the points to prove, and what is cited for each."""
    return show_tab(request, pk, "evidence")


@staff(*ON_MATTERS)
@require_safe
def referral(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the case's way to somebody who takes it."""
    return show_tab(request, pk, "referral")


@staff(*ON_MATTERS)
@require_safe
def messages(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what goes out to the person."""
    return show_tab(request, pk, "messages")


@staff(*ON_MATTERS)
@require_safe
def history(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what happened, who may read the case and who did."""
    return show_tab(request, pk, "history")


@staff(*ON_MATTERS)
@require_safe
def summary(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one page of the case to print."""
    with gathered():
        desk = desk_for(request, pk)
        context = {"page": summary_of(desk), "strip": strip_of(desk, "overview")}
        return render(request, "workspace/case/summary.html", context)


@staff(*ON_MATTERS)
@require_safe
def unknown_tab(request: StaffRequest, pk: uuid.UUID, tab: str) -> HttpResponse:
    """Say that a case has no such part; of a case that is not theirs nothing is said. Raises NoSuchTab."""
    case_for(request, pk)
    raise NoSuchTab


@staff(Role.CASEWORKER)
@require_POST
def triage(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case, form = case_for(request, pk), TriageForm(request.POST)
    action = partial(case_actions.triage_case, case)
    return act_on_case(request, case, action, form=form, done=_("Triage is recorded."))


@staff(*ON_MATTERS)
@require_POST
def note(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write a note; whom it mentions hears of it, and a mention of nobody is said."""
    case, form = case_for(request, pk), NoteForm(request.POST)
    people = people_of(case)
    action = partial(write_note, case, people=people)
    answer = act_on_case(request, case, action, form=form, done=_("Noted."))
    if answer.status_code == 302 and (lost := unknown_in(form.cleaned_data["text"], people)):
        who = ", ".join(lost)
        words = _("Nobody here, or more than one, is called %(who)s: they were not told.") % {"who": who}
        django_messages.warning(request, words)
    return answer


@staff(Role.CASEWORKER)
@require_POST
def refer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    form, action = ReferForm(request.POST, office=case.office), partial(referral_actions.refer_case, case)
    done = _("The case is in the queue. Now offer it to a practitioner.")
    return act_on_case(request, case, action, form=form, done=done, tab="referral")


@staff(Role.CASEWORKER)
@require_POST
@step_up("offers", back="workspace:referral")
def offer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer the case's referral to the practitioner picked."""
    case = case_for(request, pk)
    form = OfferForm(request.POST, office=case.office)
    done = _("Offered. The time to answer runs in their working hours.")

    def action(**values: Any) -> Any:
        return referral_actions.offer_referral(_live(case), **values)

    return act_on_case(request, case, action, form=form, done=done, tab="referral")


def _live(case: Case) -> Referral:
    """Return the case's live referral. Raises OfferOver where it has none."""
    referral = live_referral(case)
    if referral is None:
        raise referral_actions.OfferOver(_("This case has no live referral."))
    return referral


@staff(Role.CASEWORKER)
@require_POST
@step_up("offers", back="workspace:referral")
def ask_in_turn(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Have several practitioners asked, one after the other, until one takes the case."""
    case = case_for(request, pk)
    form = CascadeForm(request.POST, office=case.office)
    done = _("They are asked in turn: the first in a moment.")

    def action(people: Any, minutes: int, **who: Any) -> Any:
        listed = form.in_order(people)
        return referral_actions.begin_cascade(_live(case), practitioners=listed, minutes=minutes, **who)

    return act_on_case(request, case, action, form=form, done=done, tab="referral")


@staff(Role.CASEWORKER)
@require_POST
def stop_asking(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Have nobody further asked in turn. Raises Stale where nobody is any more."""
    case = case_for(request, pk)
    live = Cascade.objects.select_related("referral__case").filter(referral__case=case, ended_at=None)
    one = live.first()
    if one is None:
        raise Stale
    action = partial(referral_actions.stop_cascade, one)
    done = _("Nobody further is asked.")
    return act_on_case(request, case, action, done=done, tab="referral")


@staff(Role.CASEWORKER)
@require_POST
def untake(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a case out of its queue: it stands in triage again."""
    case = case_for(request, pk)
    referral = live_referral(case)
    if referral is None:
        raise Stale
    action = partial(referral_actions.untake_referral, referral)
    done = _("It is out of the queue, and in triage again.")
    return act_on_case(request, case, action, done=done, tab="referral")


@staff(Role.CASEWORKER)
@require_POST
def rescind(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an open offer back."""
    cases = visible_to(request.user)
    offers = Offer.objects.select_related("referral__case")
    offer = get_object_or_404(offers, pk=pk, referral__case__in=cases)
    form, action = RescindForm(request.POST), partial(referral_actions.rescind_offer, offer)
    done = _("The offer is taken back.")
    return act_on_case(request, offer.referral.case, action, form=form, done=done, tab="referral")


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def engagement(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    done = _("The engagement is recorded: this person is represented.")
    form = EngagementForm(request.POST)
    return _act_on_assignment(request, pk, referral_actions.note_engagement, form, done, tab="overview")


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def release(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a case back: it seeks counsel again."""
    done = _("The case is given back and seeks counsel again.")
    release, form = referral_actions.release_assignment, ReleaseForm(request.POST)
    answer = _act_on_assignment(request, pk, release, form, done, tab="referral")
    gone = answer.status_code == 302 and request.user.has_role(Role.ATTORNEY)
    return redirect("home") if gone else answer


def _act_on_assignment(
    request: StaffRequest,
    pk: uuid.UUID,
    action: Callable[..., Any],
    form: forms.Form | None,
    done: str,
    *,
    tab: str,
) -> HttpResponse:
    case = case_for(request, pk)

    def act(**values: Any) -> Any:
        assignment = live_assignment(case)
        if assignment is None:
            raise referral_actions.OfferOver(_("This case has no live assignment."))
        return action(assignment, **values)

    return act_on_case(request, case, act, form=form, done=done, tab=tab)

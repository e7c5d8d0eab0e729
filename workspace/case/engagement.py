"""Whoever holds a case keeps their engagement, and hands the case on to a colleague."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role, User
from foundation.events.lifecycle import Stale
from foundation.forms import posted
from referrals import actions
from referrals.asked_over import asked_over
from referrals.engaging_forms import HandOnForm, PapersForm, TermsForm
from referrals.models import Assignment, Practitioner
from workspace.case.show import act_on_case
from workspace.head import head_of
from workspace.papers.lines import paper_lines
from workspace.visible import case_for


def _held(request: StaffRequest, pk: uuid.UUID) -> Assignment:
    """Return what somebody holds of a case. Raises Stale where they hold it no more."""
    case = case_for(request, pk)
    rows = Assignment.objects.select_related("case__office", "offer", "office", "practitioner")
    held = rows.filter(case=case, user=request.user, ended_at=None).first()
    if held is None:
        raise Stale
    return held


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let whoever holds a case say for what they are engaged, and how their forms stand."""
    held = _held(request, pk)
    files = [(line.id, line.label or _("A file")) for line in paper_lines(held.case) if not line.is_gone]
    form, status = TermsForm(posted(request), files=files, initial=_terms_now(held)), 200
    if form.is_bound:
        acted = act(request, partial(actions.keep_terms, held), form=form, done=_("Your engagement is kept."))
        if acted.is_done:
            return redirect("workspace:referral", pk)
        status = acted.status
    context = {"head": head_of(held.case), "form": form}
    return render(request, "workspace/engagement.html", context, status=status)


def _terms_now(held: Assignment) -> dict[str, Any]:
    now: dict[str, Any] = {"scope": held.scope, "letter_how": held.letter_how, "letter": held.letter_id or ""}
    for one in held.appearances.all():
        now |= {one.form: one.state, f"{one.form}_on": one.filed_on}
    return now


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
@step_up("offers", back="workspace:referral")
def hand_on(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask a colleague to take a case over; until their yes it stays with whoever holds it."""
    held = _held(request, pk)
    form, status = HandOnForm(posted(request), colleagues=colleagues_for(request.user)), 200
    if form.is_bound:
        done = _("Asked. Until they say yes, the case stays yours.")
        acted = act(request, partial(actions.ask_colleague, held), form=form, done=done)
        if acted.is_done:
            return redirect("workspace:referral", pk)
        status = acted.status
    context = {"head": head_of(held.case), "form": form, "asked": asked_over(held)}
    return render(request, "workspace/hand_on.html", context, status=status)


def colleagues_for(user: User) -> Any:
    """Return the practitioners of somebody's office whom they may ask, by name."""
    others = Practitioner.objects.filter(office=user.office, accepting=True, verified_at__isnull=False)
    return (
        others.filter(user__is_active=True).exclude(user=user).select_related("user").order_by("user__name")
    )


@staff(Role.ATTORNEY)
@require_POST
def unask(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the colleague no more."""
    held = _held(request, pk)
    done = _("Nobody is asked any more. The case stays yours.")
    return act_on_case(request, held.case, partial(actions.take_asking_back, held), done=done, tab="referral")


@staff(Role.CASEWORKER)
@require_POST
def papers_back(request: StaffRequest, pk: uuid.UUID, assignment: uuid.UUID) -> HttpResponse:
    """Note what became of the person's papers after their lawyer left."""
    case = case_for(request, pk)
    one = get_object_or_404(Assignment.objects.select_related("case__office"), pk=assignment, case=case)
    form = PapersForm(request.POST)
    action = partial(actions.note_papers_back, one)
    return act_on_case(request, case, action, form=form, done=_("Noted."), tab="referral")

"""The screening of a case, explained; screen it again; confirm it or depart from it."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.forms import ReviewForm
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.events.access import gathered
from workspace.desk import desk_for
from workspace.screenings.queries import decision_due, screening_page
from workspace.strip import strip_of
from workspace.visible import case_for


@staff(*ON_MATTERS)
@require_safe
def screening(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the rules found about a case, why, and how much what is missing would decide."""
    return _page(request, pk)


def _page(
    request: StaffRequest, pk: uuid.UUID, *, sent: ReviewForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the page; `sent` is a form that was refused, shown with what was typed."""
    with gathered():
        desk = desk_for(request, pk)
        page = screening_page(desk)
        forms = decision_due(desk.case, page, request.user)
        if sent:
            sent.shown_beside(page.id)
        forms |= {"review_form": sent} if sent else {}
        context = {"page": page, **forms, "strip": strip_of(desk, "screening")}
        return render(request, "workspace/screening.html", context, status=status)


@staff(Role.CASEWORKER)
@require_POST
def screen_again(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Screen a case again; say whether anything came out differently."""
    case = case_for(request, pk)
    acted = act(request, partial(actions.screen_again, case))
    if not acted.is_done:
        return _page(request, pk, status=acted.status)
    if acted.result.screening:
        messages.success(request, _("Screened again: something is different. Please look at it."))
    else:
        messages.success(request, _("Screened again: nothing is different."))
    return redirect("workspace:screening", pk)


@staff(Role.CASEWORKER)
@require_POST
def review(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that a person confirmed the newest screening, or departed from it."""
    case, form = case_for(request, pk), ReviewForm(request.POST)
    done = _("Your look at the screening is recorded.")
    acted = act(request, partial(actions.review_case, case), form=form, done=done)
    if acted.is_done:
        return redirect("workspace:screening", pk)
    return _page(request, pk, sent=form, status=acted.status)

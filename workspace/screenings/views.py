"""The screening of a case, explained; screen it again; confirm it or depart from it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.forms import ReviewForm
from cases.models import Case
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.refused import Refused
from workspace.screenings.queries import screening_page
from workspace.visible import case_for


@staff()
@require_safe
def screening(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the rules found about a case, why, and how much what is missing would decide."""
    return _page(request, case_for(request, pk))


def _page(request: StaffRequest, case: Case, *, status: int = 200, **forms: ReviewForm) -> HttpResponse:
    context = screening_page(case, user=request.user, at=timezone.now())
    return render(request, "workspace/screening.html", {**context, **forms}, status=status)


@staff(Role.CASEWORKER)
@require_POST
def screen_again(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Screen a case again; say whether anything came out differently."""
    found = actions.screen_again(case_for(request, pk), by=request.user, at=timezone.now())
    if found:
        messages.success(request, _("Screened again: something is different. Please look at it."))
    else:
        messages.success(request, _("Screened again: nothing is different."))
    return redirect("workspace:screening", pk)


@staff(Role.CASEWORKER)
@require_POST
def review(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that a person confirmed the newest screening, or departed from it."""
    case, form, status = case_for(request, pk), ReviewForm(request.POST), 422
    if form.is_valid():
        try:
            actions.review_case(case, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
            status = refused.status
        else:
            messages.success(request, _("Your look at the screening is recorded."))
            return redirect("workspace:screening", pk)
    return _page(request, case_for(request, pk), status=status, review_form=form)

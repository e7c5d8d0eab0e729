"""Show a case page, and run what its forms and buttons ask for."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.models import Case
from foundation.accounts.access import StaffRequest
from foundation.accounts.acting import act
from workspace.case.forms import case_forms
from workspace.case.queries import case_page
from workspace.visible import case_for


def show_case(
    request: StaffRequest, case: Case, *, sent: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Show a case; `sent` is a form that was refused, shown with what was typed."""
    at = timezone.now()
    page = case_page(case, user=request.user, at=at)
    context = {"page": page, "forms": case_forms(page, case, user=request.user, at=at, sent=sent)}
    return render(request, "workspace/case.html", context, status=status)


def act_on_case(
    request: StaffRequest,
    case: Case,
    action: Callable[..., Any],
    *,
    form: forms.Form | None = None,
    done: str,
) -> HttpResponse:
    """Run an action and go back to the case; refused, the case is shown anew with what was typed."""
    acted = act(request, action, form=form, done=done)
    if acted.is_done:
        return redirect(case)
    return show_case(request, case_for(request, case.pk), sent=form, status=acted.status)

"""The hours of a case: whoever holds it, or helps who does, logs them; the office reads them."""

import uuid
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Case
from casework import actions
from casework.access import may_log_hours
from casework.models import LoggedHours
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from foundation.refused import Forbidden
from workspace.head import head_of
from workspace.hours.forms import HoursForm
from workspace.hours.queries import hours_page
from workspace.visible import case_for

LOG = (Role.ATTORNEY, Role.ASSISTANT)


@staff(Role.CASEWORKER, *LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what was logged on a case, and log more of one's own."""
    case = case_for(request, pk)
    may_log = may_log_hours(request.user, case)
    if request.method == "POST" and not may_log:
        raise Forbidden
    form = HoursForm(posted(request), today=request.office.today(timezone.now())) if may_log else None
    status = 200
    if form and form.is_bound:
        acted = act(request, partial(actions.log_hours, case), form=form, done=_("Logged."))
        if acted.is_done:
            return redirect(request.path)
        status = acted.status
    return _page(request, case, form, status=status)


def _page(
    request: StaffRequest,
    case: Case,
    form: forms.Form | None,
    *,
    status: int,
    one: LoggedHours | None = None,
) -> HttpResponse:
    page = hours_page(case, request.user, may_log=may_log_hours(request.user, case))
    context = {"head": head_of(case), "page": page, "form": form, "one": one}
    return render(request, "workspace/hours/of_case.html", context, status=status)


@staff(*LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Mend what one logged."""
    logged = _own(request, pk, one)
    form = HoursForm(posted(request), today=request.office.today(timezone.now()), one=logged)
    status = 200
    if form.is_bound:
        acted = act(request, partial(actions.change_hours, logged), form=form, done=_("Changed."))
        if acted.is_done:
            return redirect("workspace:hours", pk)
        status = acted.status
    return _page(request, logged.case, form, status=status, one=logged)


@staff(*LOG)
@require_POST
def strike(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Strike out what one logged: it counts no more."""
    act(request, partial(actions.strike_hours, _own(request, pk, one)), done=_("Struck out."))
    return redirect("workspace:hours", pk)


def _own(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> LoggedHours:
    case = case_for(request, pk)
    rows = LoggedHours.objects.filter(case=case, user=request.user, struck_at=None)
    return get_object_or_404(rows.select_related("case__office"), pk=one)

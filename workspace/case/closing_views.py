"""The doors to a case's end: the page that closes it, the second person's look, its reopening."""

import uuid
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases import actions
from cases.access import holders_of
from cases.closing import code_of, needs_second
from cases.forms import ClosingForm, ReopenForm
from cases.models import Case, Closing
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted, read_anew
from referrals.queries import asked_now
from workspace.case.show import act_on_case
from workspace.dates.queries import date_lines
from workspace.head import head_of
from workspace.hours.queries import hours_of_case
from workspace.visible import case_for
from workspace.work.queries import tries_of


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what is still open, and close the case with a reason, or leave it to a second person."""
    case = case_for(request, pk)
    today = case.office.today(timezone.now())
    by_two = needs_second(case, by=request.user, on=today)
    holders = holders_of(case)
    held_by = code_of(holders)
    form, status = ClosingForm(posted(request), initial={"ended_on": today, "held_by": held_by}), 200
    if form.is_bound:
        done = _("A second person looks at it now.") if by_two else _("The case is closed.")
        acted = act(request, partial(actions.ask_to_close, case), form=form, done=done)
        if acted.is_done:
            return redirect("case", pk)
        status = acted.status
        read_anew(form, held_by=held_by)
    context = {
        "head": head_of(case),
        "form": form,
        "dates": date_lines(case, today=today),
        "holders": [one.name for one in holders],
        "needs_second": by_two,
        "tries": tries_of(case, today=today),
        "is_over": not case.is_open,
        "hours": hours_of_case(case),
        "asked": asked_now(case),
    }
    return render(request, "workspace/close.html", context, status=status)


@staff(Role.CASEWORKER)
@require_POST
def confirm_closing(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Close a case for which somebody else asked; of what was decided nobody is told to look first."""
    case = case_for(request, pk)
    asked = _asked(case)

    def action(**values: Any) -> None:
        if asked.dropped_at:
            raise actions.NotAsked
        actions.confirm_closing(asked, **values)

    return act_on_case(request, case, action, done=_("The case is closed."))


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def drop_closing(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back that a case is to be closed."""
    case = case_for(request, pk)
    action = partial(actions.drop_closing, _asked(case))
    return act_on_case(request, case, action, done=_("The case stays open."))


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a case again, with the reason."""
    case = case_for(request, pk)
    form, status = ReopenForm(posted(request)), 200
    if form.is_bound:
        done = _("The case is open again and waits for triage.")
        acted = act(request, partial(actions.reopen_case, case), form=form, done=done)
        if acted.is_done:
            return redirect("case", pk)
        status = acted.status
    context = {"head": head_of(case), "form": form, "is_open": case.is_open}
    return render(request, "workspace/reopen.html", context, status=status)


def _asked(case: Case) -> Closing:
    """Return the newest closing of a case; whether it still waits is the action's to say."""
    newest = case.closings.select_related("case__office", "case__intake").order_by("-asked_at").first()
    if newest is None:
        raise Http404
    return newest

"""The dates of a case: settle one, enter a judge's, write down what the case learned."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.access import may_change_dates
from cases.facts import learned_of
from cases.forms import CaseFactsForm, JudgeDateForm, RemoveJudgeDateForm, WaiveForm, facts_as_initial
from cases.models import Case, CaseFacts, Deadline
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.forms import posted
from foundation.refused import Forbidden, Refused
from workspace.acting import act
from workspace.dates.queries import dates_page
from workspace.visible import case_for

WORKING = (Role.CASEWORKER, Role.ATTORNEY)


@staff()
@require_safe
def dates(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show every date of a case with its rule, what it was counted from, and what moved it."""
    return _page(request, case_for(request, pk))


def _page(request: StaffRequest, case: Case, *, status: int = 200, bad: Any = None) -> HttpResponse:
    """Render the page; `bad` is a form that was refused, and takes the place of its empty twin."""
    context = dates_page(case, user=request.user, at=timezone.now())
    if isinstance(bad, WaiveForm):
        for one in context["live"]:
            one.waive_form = bad if one.row.key == bad.prefix else one.waive_form
    elif isinstance(bad, RemoveJudgeDateForm):
        for one in context["ordered"]:
            one.form = bad if str(one.row.pk) == bad.prefix else one.form
    elif bad is not None:
        context["judge_form"] = bad
    return render(request, "workspace/dates.html", context, status=status)


def _act(
    request: StaffRequest, pk: uuid.UUID, form: Any, action: Callable[..., Any], done: str
) -> HttpResponse:
    """Run an action with a form's values; on refusal show the page again with what was typed."""
    status = act(request, form, action, done)
    if status is None:
        return redirect("workspace:dates", pk)
    return _page(request, case_for(request, pk), status=status, bad=form)


def _deadline(request: StaffRequest, pk: uuid.UUID, deadline: uuid.UUID) -> Deadline:
    case = case_for(request, pk)
    return get_object_or_404(Deadline.objects.select_related("case__office"), pk=deadline, case=case)


@staff(*WORKING)
@require_POST
def confirm(request: StaffRequest, pk: uuid.UUID, deadline: uuid.UUID) -> HttpResponse:
    return _settle(request, pk, deadline, actions.confirm_deadline, _("The date is confirmed."))


@staff(*WORKING)
@require_POST
def done(request: StaffRequest, pk: uuid.UUID, deadline: uuid.UUID) -> HttpResponse:
    return _settle(request, pk, deadline, actions.finish_deadline, _("The date is marked done."))


@staff(*WORKING)
@require_POST
def reopen(request: StaffRequest, pk: uuid.UUID, deadline: uuid.UUID) -> HttpResponse:
    return _settle(request, pk, deadline, actions.reopen_deadline, _("The date is open again."))


def _settle(
    request: StaffRequest, pk: uuid.UUID, deadline: uuid.UUID, action: Callable[..., None], done: str
) -> HttpResponse:
    action(_deadline(request, pk, deadline), by=request.user, at=timezone.now())
    messages.success(request, done)
    return redirect("workspace:dates", pk)


@staff(*WORKING)
@require_POST
def waive(request: StaffRequest, pk: uuid.UUID, deadline: uuid.UUID) -> HttpResponse:
    """Record that a date needs no work, with the reason."""
    found = _deadline(request, pk, deadline)
    form = WaiveForm(request.POST, prefix=found.key)
    done = _("The date is waived.")
    return _act(request, pk, form, lambda **values: actions.waive_deadline(found, **values), done)


@staff(*WORKING)
@require_POST
def judge_date(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Enter a date a judge set."""
    case, form = case_for(request, pk), JudgeDateForm(request.POST)
    done = _("The judge's date stands.")
    return _act(request, pk, form, lambda **values: actions.set_judge_date(case, **values), done)


@staff(*WORKING)
@require_POST
def judge_date_remove(request: StaffRequest, pk: uuid.UUID, judge: uuid.UUID) -> HttpResponse:
    """Take a judge's date back with a reason."""
    case = case_for(request, pk)
    found = get_object_or_404(case.judge_dates.select_related("case__office"), pk=judge)
    form = RemoveJudgeDateForm(request.POST, prefix=str(found.pk))
    done = _("The judge's date is removed: the rule counts again.")
    return _act(request, pk, form, lambda **values: actions.remove_judge_date(found, **values), done)


@staff(*WORKING)
def case_facts(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what the case learned since the intake; its dates are counted again at once."""
    case = case_for(request, pk)
    if not may_change_dates(request.user, case):
        raise Forbidden
    newest = CaseFacts.objects.filter(case=case).order_by("-written_at").select_related("written_by").first()
    values = learned_of([case], purpose="facts page").get(case.pk, {})
    initial = {**facts_as_initial(values), "seen": newest.pk if newest else None}
    form, status = CaseFactsForm(posted(request), initial=initial), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                kept = actions.write_facts(
                    case,
                    values=form.cleaned_data["values"],
                    seen=form.cleaned_data["seen"],
                    by=request.user,
                    at=timezone.now(),
                )
            except Refused as refused:
                form.add_error(None, str(refused))
                status = refused.status
            else:
                words = _("Kept. The dates are counted again.") if kept else _("Nothing is different.")
                messages.success(request, words)
                return redirect("workspace:dates", pk)
    context = {"case": case, "form": form, "newest": newest}
    return render(request, "workspace/case_facts.html", context, status=status)

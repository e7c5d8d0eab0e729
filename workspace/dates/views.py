"""The dates of a case: settle one, enter a judge's, write down what the case learned."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.access import may_change_dates
from cases.facts import deadline_facts_of, known_of
from cases.forms import (
    CaseFactsForm,
    JudgeDateForm,
    RemoveJudgeDateForm,
    WaiveForm,
    decisions_as_initial,
    facts_as_initial,
    known_beside,
)
from cases.models import Case, CaseFacts, Deadline
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role, User
from foundation.events.access import gathered
from foundation.forms import posted, sent_or_empty
from foundation.refused import Forbidden
from workspace.dates.queries import DatesPage, dates_page
from workspace.desk import desk_for
from workspace.head import head_of
from workspace.papers.queries import beside
from workspace.strip import strip_of
from workspace.visible import case_for

WORKING = (Role.CASEWORKER, Role.ATTORNEY)


@staff(*ON_MATTERS)
@require_safe
def dates(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show every date of a case with its rule, what it was counted from, and what moved it."""
    return _page(request, pk)


def _page(
    request: StaffRequest, pk: uuid.UUID, *, sent: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Show the page; `sent` is a form that was refused, and takes the place of its empty twin."""
    with gathered():
        desk = desk_for(request, pk)
        page = dates_page(desk)
        paper = beside(desk.case, request.GET.get("paper", ""))
        context = {"page": page, "beside": paper, **_forms(page, sent), "strip": strip_of(desk, "dates")}
        return render(request, "workspace/dates.html", context, status=status)


def _forms(page: DatesPage, sent: forms.Form | None) -> dict[str, Any]:
    """Return each date beside its form, and the form for a judge's date; None where nothing may change."""

    def form(kind: type[forms.Form], prefix: str) -> forms.Form | None:
        return sent_or_empty(kind, prefix, sent) if page.can_change else None

    here = tuple(each.key for each in page.live)
    judge = sent if isinstance(sent, JudgeDateForm) else JudgeDateForm(here=here)
    return {
        "live": [(each, form(WaiveForm, str(each.id))) for each in page.live],
        "settled": [(each, None) for each in page.settled],
        "gone": [(each, None) for each in page.gone],
        "ordered": [
            (shown, None if shown.removed_at else form(RemoveJudgeDateForm, str(shown.id)))
            for shown in page.ordered
        ],
        "judge_form": judge if page.can_change else None,
    }


def _act(
    request: StaffRequest,
    pk: uuid.UUID,
    action: Callable[..., Any],
    *,
    form: forms.Form | None = None,
    done: str,
) -> HttpResponse:
    """Run an action and go back to the dates; refused, the page is shown again with what was typed."""
    acted = act(request, action, form=form, done=done)
    if acted.is_done:
        return redirect("workspace:dates", pk)
    return _page(request, pk, status=acted.status, sent=form)


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
    return _act(request, pk, partial(action, _deadline(request, pk, deadline)), done=done)


@staff(*WORKING)
@require_POST
def waive(request: StaffRequest, pk: uuid.UUID, deadline: uuid.UUID) -> HttpResponse:
    """Record that a date needs no work, with the reason."""
    date = _deadline(request, pk, deadline)
    form = WaiveForm(request.POST, prefix=str(date.pk))
    done = _("The date is waived.")
    return _act(request, pk, partial(actions.waive_deadline, date), form=form, done=done)


@staff(*WORKING)
@require_POST
def judge_date(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Enter a date a judge set."""
    case, form = case_for(request, pk), JudgeDateForm(request.POST)
    done = _("The judge's date is kept. One later than the rule's counts once the order is on file.")
    if request.POST.get("on_file"):
        done = _("The judge's date stands.")
    return _act(request, pk, partial(actions.set_judge_date, case), form=form, done=done)


@staff(*WORKING)
@require_POST
def judge_date_remove(request: StaffRequest, pk: uuid.UUID, judge: uuid.UUID) -> HttpResponse:
    """Take a judge's date back with a reason."""
    case = case_for(request, pk)
    judge_date = get_object_or_404(case.judge_dates.select_related("case__office"), pk=judge)
    form = RemoveJudgeDateForm(request.POST, prefix=str(judge_date.pk))
    done = _("The judge's date is removed: the rule counts again.")
    return _act(request, pk, partial(actions.remove_judge_date, judge_date), form=form, done=done)


@staff(*WORKING)
def case_facts(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what the case learned since the intake; its dates are counted again at once."""
    case = case_for(request, pk)
    if not may_change_dates(request.user, case):
        raise Forbidden
    newest = CaseFacts.objects.filter(case=case).order_by("-written_at").select_related("written_by").first()
    known = known_of([case], purpose="facts page")[case.pk]
    initial = {**facts_as_initial(known.learned), "seen": newest.pk if newest else None}
    facts = deadline_facts_of(known, on=case.office.today(timezone.now()))
    told = decisions_as_initial(known.orders)
    form = CaseFactsForm(posted(request), initial=initial, told=told, beside=known_beside(facts))
    status = 200
    if form.is_bound:
        acted = act(request, partial(_write_facts, case), form=form)
        if acted.is_done:
            words = _("Kept. The dates are counted again.") if acted.result else _("Nothing is different.")
            messages.success(request, words)
            return redirect("workspace:dates", pk)
        status = acted.status
    paper = beside(case, request.GET.get("paper", ""))
    context = {"head": head_of(case), "form": form, "newest": newest, "beside": paper}
    return render(request, "workspace/case_facts.html", context, status=status)


def _write_facts(
    case: Case, *, values: Mapping[str, Any], seen: uuid.UUID | None, by: User, at: datetime, **_typed: Any
) -> CaseFacts | None:
    """Write down the facts of a checked form, which also holds what was typed field by field."""
    return actions.write_facts(case, values=values, seen=seen, by=by, at=at)

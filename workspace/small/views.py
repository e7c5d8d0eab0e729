"""Small tasks: the helper's page, and the caseworker's for one case."""

import uuid
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework import actions
from casework.models import SmallTask
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from workspace.small.forms import SmallTaskForm
from workspace.small.queries import can_of, small_tasks_of, small_tasks_of_case
from workspace.visible import case_for

HELPERS = (Role.ATTORNEY, Role.ASSISTANT)


@staff(*HELPERS)
@require_safe
def small_tasks(request: StaffRequest) -> HttpResponse:
    """Show what waits that somebody can do, and what they took."""
    return _page(request)


def _page(request: StaffRequest, *, status: int = 200) -> HttpResponse:
    context = {"page": small_tasks_of(request.user)}
    return render(request, "workspace/small/small_tasks.html", context, status=status)


@staff(*HELPERS)
@require_POST
def move_small_task(request: StaffRequest, pk: uuid.UUID, do: str) -> HttpResponse:
    """Take one, give it back, or say that it is done."""
    one = get_object_or_404(SmallTask.objects.select_related("office"), pk=pk)
    moves = {
        "take": (partial(actions.take_small_task, one, can=can_of(request.user)), _("It is yours.")),
        "back": (partial(actions.give_small_task_back, one), _("Given back. Others see it again.")),
        "done": (partial(actions.finish_small_task, one), _("Thank you. Whoever asked is told.")),
    }
    if do not in moves:
        raise Http404
    move, done = moves[do]
    acted = act(request, move, done=done)
    return redirect("workspace:small-tasks") if acted.is_done else _page(request, status=acted.status)


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the small tasks of a case, and ask for one more."""
    case, status = case_for(request, pk), 200
    form = SmallTaskForm(posted(request), today=request.office.today(timezone.now()))
    if form.is_bound:
        done = _("Asked. Whoever can do it sees it at their home.")
        acted = act(request, partial(actions.ask_small_task, case), form=form, done=done)
        if acted.is_done:
            return redirect(request.path)
        status = acted.status
    context = {"case": case, "form": form, "lines": small_tasks_of_case(case)}
    return render(request, "workspace/small/of_case.html", context, status=status)


@staff(Role.CASEWORKER)
@require_POST
def withdraw(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Take one back that is not needed any more."""
    case = case_for(request, pk)
    small = get_object_or_404(SmallTask.objects.select_related("case__office"), pk=one, case=case)
    act(request, partial(actions.withdraw_small_task, small), done=_("Taken back."))
    return redirect("workspace:small-tasks-of-case", pk)

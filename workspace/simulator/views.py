"""Try other figures over every open case, and read what a change of the rules moved."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.adopting import is_fresh, may_adopt
from cases.models import RulesRun
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.files.receiving import receives_in_memory
from foundation.forms import posted
from screening.data import tables
from screening.forms import AdoptForm, SimulatorForm
from workspace.simulator.queries import figures_shown, newest_runs, run_page, visible_moves

STAFF = (Role.ADMINISTRATOR, Role.CASEWORKER)
AGAIN_SECONDS = "3"  # until the page of a run that goes on asks for itself


@receives_in_memory
@staff(*STAFF)
def simulator(request: StaffRequest) -> HttpResponse:
    """Show the form and the newest runs; with a change, put it in line to be tried and lead to its page."""
    form = SimulatorForm(posted(request), request.FILES or None, own=request.office.own_figures)
    if not form.is_bound:
        return _form_page(request, form)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    sent = {"settings": form.cleaned_data["settings"], "files": form.cleaned_data["files"]}
    acted = act(request, partial(actions.start_try, **sent))
    if not acted.is_done:
        return _form_page(request, form, status=acted.status)
    return redirect(acted.result)


def _form_page(request: StaffRequest, form: SimulatorForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "figures": figures_shown(request.office),
        "ruleset": tables().ruleset,
        "runs": newest_runs(request.user),
    }
    return render(request, "workspace/simulator.html", context, status=status)


@staff(*STAFF)
@require_safe
def rules_run(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show how far a run is, then what came out differently; while it goes on the page asks again."""
    run = _run(request, pk)
    return _run_shown(request, run, AdoptForm() if _may_adopt(request, run) else None)


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="workspace:rules-run")
def adopt(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Make what was tried the office's own figures, at once or from a day on."""
    run, form = _run(request, pk), AdoptForm(request.POST)
    acted = act(request, partial(actions.adopt_try, run), form=form, done=_("It is saved."))
    return redirect("office") if acted.is_done else _run_shown(request, run, form, status=acted.status)


def _may_adopt(request: StaffRequest, run: RulesRun) -> bool:
    """Tell whether to offer it: to an administrator, whichever role the page acts in."""
    return Role.ADMINISTRATOR in request.user.roles and may_adopt(run)


def _run_shown(
    request: StaffRequest, run: RulesRun, adopting: AdoptForm | None, *, status: int = 200
) -> HttpResponse:
    page = run_page(run, request.user)
    context = {"page": page, "form": adopting, "is_fresh": is_fresh(run, request.office)}
    response = render(request, "workspace/rules_run.html", context, status=status)
    if page.is_running:
        response["Refresh"] = AGAIN_SECONDS
    return response


@staff(Role.CASEWORKER)
@require_POST
def note_read(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that the reader has read what a change did to one case, or to all that are listed."""
    moves = visible_moves(_run(request, pk), request.user)
    if only := request.POST.get("move"):
        moves = moves.filter(pk__in=_uuids(only))
    acted = act(request, partial(actions.note_read, moves))
    if acted.is_done:
        words = ngettext("%(n)d case noted as read.", "%(n)d cases noted as read.", acted.result)
        messages.success(request, words % {"n": acted.result})
    return redirect("workspace:rules-run", pk)


def _run(request: StaffRequest, pk: uuid.UUID) -> RulesRun:
    runs = RulesRun.objects.filter(office=request.office).select_related("asked_by")
    return get_object_or_404(runs, pk=pk)


def _uuids(text: str) -> list[uuid.UUID]:
    """Return the one id a form names, or nothing where it is none."""
    try:
        return [uuid.UUID(text)]
    except ValueError:
        return []

"""What is stuck: work of every kind that was tried again and again and waits for an administrator."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases.models import Case
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.events.stuck import give_up_work, retry_all_work, retry_work
from foundation.work.line import Line, line_of
from foundation.work.models import Due
from foundation.work.queries import line_states
from workspace.stuck.forms import GiveUpForm


@staff(Role.ADMINISTRATOR)
@require_safe
def stuck(request: StaffRequest) -> HttpResponse:
    """Show what waits for a decision, kind by kind, and how many of each kind wait for their turn."""
    return _page(request, {})


def _cases(matters: list[Any]) -> dict[Any, tuple[Any, str]]:
    """Return the case of each matter that has one: {matter: (its id, its reference)}."""
    rows = Case.objects.filter(matter_id__in={one for one in matters if one})
    return {
        matter: (pk, reference) for matter, pk, reference in rows.values_list("matter_id", "pk", "reference")
    }


def _page(request: StaffRequest, sent: Mapping[str, GiveUpForm], *, status: int = 200) -> HttpResponse:
    """Show the page; `sent` holds the form that could not be taken, by the key of its row."""
    states = line_states(request.office.pk)
    kinds = [(state, [(row, sent.get(row.pk) or _form(row.pk)) for row in state.rows]) for state in states]
    cases = _cases([row.matter_id for state in states for row in state.rows])
    shown = [(state, [(row, form, cases.get(row.matter_id)) for row, form in rows]) for state, rows in kinds]
    context = {"kinds": shown, "stuck": sum(state.stuck for state in states)}
    return render(request, "workspace/stuck.html", context, status=status)


def _form(pk: str, data: Any = None) -> GiveUpForm:
    return GiveUpForm(data, auto_id=f"id_{pk}_%s")


@staff(Role.ADMINISTRATOR)
@require_POST
def retry(request: StaffRequest, key: str, pk: str) -> HttpResponse:
    """Put one stuck row back in line."""
    line, row = _stuck(request, key, pk)
    act(request, partial(retry_work, row, line=line), done=_("It will be tried again in a moment."))
    return redirect("workspace:stuck")


@staff(Role.ADMINISTRATOR)
@require_POST
def retry_all(request: StaffRequest, key: str) -> HttpResponse:
    """Put everything of one kind back in line."""
    line, now = _line(key), timezone.now()
    count = retry_all_work(line=line, office_id=request.office.pk, by=request.user, at=now)
    done = ngettext("%d will be tried again in a moment.", "%d will be tried again in a moment.", count)
    messages.success(request, done % count)
    return redirect("workspace:stuck")


@staff(Role.ADMINISTRATOR)
@require_POST
def give_up(request: StaffRequest, key: str, pk: str) -> HttpResponse:
    """Take one stuck row out of the line for good, with the reason."""
    line, row = _stuck(request, key, pk)
    form = _form(str(row.pk), request.POST)
    if not form.is_valid():
        return _page(request, {str(row.pk): form}, status=422)
    done = _("It is given up and will not be tried again.")
    act(request, partial(give_up_work, row, line=line, why=form.cleaned_data["why"]), done=done)
    return redirect("workspace:stuck")


def _line(key: str) -> Line[Any]:
    try:
        return line_of(key)
    except KeyError:
        raise Http404 from None


def _stuck(request: StaffRequest, key: str, pk: str) -> tuple[Line[Any], Due]:
    """Return a line and a row of the person's office in it, or answer 404."""
    line = _line(key)
    try:
        row: Due = get_object_or_404(line.model._base_manager, pk=pk, office_id=request.office.pk)
    except (ValidationError, ValueError):
        raise Http404 from None
    return line, row

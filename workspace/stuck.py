"""What is stuck: work of every kind that was tried again and again and waits for an administrator."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.access import staff
from foundation.accounts.models import Role
from foundation.events.stuck import give_up_work, retry_all_work, retry_work
from foundation.forms import HelpedForm
from foundation.refused import Refused
from foundation.work.line import Line, line_of
from foundation.work.models import Due
from foundation.work.queries import line_states
from foundation.work.words import Why


class GiveUpForm(HelpedForm):
    why = forms.ChoiceField(
        label=gettext_lazy("Why is it given up?"), choices=[("", gettext_lazy("Choose…")), *Why.choices]
    )


@staff(Role.ADMINISTRATOR)
@require_safe
def stuck(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision, kind by kind, and how many of each kind wait for their turn."""
    return _page(request)


def _page(request: HttpRequest, *, sent: dict[str, GiveUpForm] | None = None) -> HttpResponse:
    user: Any = request.user
    states = line_states(user.office.pk)
    forms = {row.pk: GiveUpForm(auto_id=f"id_{row.pk}_%s") for state in states for row in state.rows}
    forms.update(sent or {})
    kinds = [(state, [(row, forms[row.pk]) for row in state.rows]) for state in states]
    context = {"kinds": kinds, "stuck": sum(state.stuck for state in states)}
    return render(request, "workspace/stuck.html", context, status=422 if sent else 200)


@staff(Role.ADMINISTRATOR)
@require_POST
def retry(request: HttpRequest, key: str, pk: str) -> HttpResponse:
    """Put one stuck row back in line."""
    line, row = _stuck(request, key, pk)
    retried = _("It will be tried again in a moment.")
    return _decided(request, lambda **who: retry_work(row, line=line, **who), retried)


@staff(Role.ADMINISTRATOR)
@require_POST
def retry_all(request: HttpRequest, key: str) -> HttpResponse:
    """Put everything of one kind back in line."""
    user: Any = request.user
    line = _line(key)
    count = retry_all_work(line=line, office_id=user.office.pk, by=user, at=timezone.now())
    done = ngettext("%d will be tried again in a moment.", "%d will be tried again in a moment.", count)
    messages.success(request, done % count)
    return redirect("workspace:stuck")


@staff(Role.ADMINISTRATOR)
@require_POST
def give_up(request: HttpRequest, key: str, pk: str) -> HttpResponse:
    """Take one stuck row out of the line for good, with the reason."""
    line, row = _stuck(request, key, pk)
    form = GiveUpForm(request.POST, auto_id=f"id_{row.pk}_%s")
    if not form.is_valid():
        return _page(request, sent={str(row.pk): form})
    why = form.cleaned_data["why"]
    given_up = _("It is given up and will not be tried again.")
    return _decided(request, lambda **who: give_up_work(row, line=line, why=why, **who), given_up)


def _decided(request: HttpRequest, action: Callable[..., None], done: str) -> HttpResponse:
    try:
        action(by=request.user, at=timezone.now())
    except Refused as refused:  # a colleague was quicker
        messages.warning(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("workspace:stuck")


def _line(key: str) -> Line[Any]:
    try:
        return line_of(key)
    except KeyError:
        raise Http404 from None


def _stuck(request: HttpRequest, key: str, pk: str) -> tuple[Line[Any], Due]:
    """Return a line and a row of the person's office in it, or answer 404."""
    user: Any = request.user
    line = _line(key)
    try:
        row: Due = get_object_or_404(line.model._base_manager, pk=pk, office_id=user.office.pk)
    except (ValidationError, ValueError):
        raise Http404 from None
    return line, row

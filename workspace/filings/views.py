"""The receipts of a case: what was received, under which number, what came back."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.forms import FilingForm, RemoveFilingForm, ReturnedForm
from cases.models import Case, Filing
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import sent_or_empty
from workspace.filings.queries import orders_of, receipts_page
from workspace.visible import case_for

WORKING = (Role.CASEWORKER, Role.ATTORNEY)


@staff(*ON_MATTERS)
@require_safe
def receipts(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the receipts of a case, and take a new one."""
    return _page(request, case_for(request, pk))


def _page(
    request: StaffRequest, case: Case, *, sent: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Show the page; `sent` is a form that was refused, and takes the place of its empty twin."""
    page = receipts_page(case, user=request.user)

    def form(kind: type[forms.Form], prefix: str) -> forms.Form | None:
        return sent_or_empty(kind, prefix, sent) if page.can_change else None

    new = sent if isinstance(sent, FilingForm) else _new_form(case)
    context = {
        "page": page,
        "new": new if page.can_change else None,
        "standing": [
            (
                line,
                None if line.came_back else form(ReturnedForm, f"back-{line.id}"),
                form(RemoveFilingForm, f"off-{line.id}"),
            )
            for line in page.standing
        ],
    }
    return render(request, "workspace/receipts.html", context, status=status)


def _new_form(case: Case, data: QueryDict | None = None) -> FilingForm:
    today = case.office.today(timezone.now())
    return FilingForm(data, today=today, orders=orders_of(case))


def _act(
    request: StaffRequest, pk: uuid.UUID, action: Callable[..., Any], *, form: forms.Form, done: str
) -> HttpResponse:
    """Run an action and go back to the receipts; refused, the page is shown again with what was typed."""
    acted = act(request, action, form=form, done=done)
    if acted.is_done:
        return redirect("workspace:receipts", pk)
    return _page(request, case_for(request, pk), status=acted.status, sent=form)


def _filing(request: StaffRequest, pk: uuid.UUID, filing: uuid.UUID) -> Filing:
    filings = Filing.objects.select_related("case__office")
    return get_object_or_404(filings, pk=filing, case=case_for(request, pk), removed_at=None)


@staff(*WORKING)
@require_POST
def record(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write a receipt down."""
    case = case_for(request, pk)
    form = _new_form(case, request.POST)
    done = _("The receipt is kept. The dates are counted again.")
    return _act(request, pk, partial(actions.record_filing, case), form=form, done=done)


@staff(*WORKING)
@require_POST
def returned(request: StaffRequest, pk: uuid.UUID, filing: uuid.UUID) -> HttpResponse:
    """Note that a form came back."""
    action = partial(actions.note_returned, _filing(request, pk, filing))
    form = ReturnedForm(request.POST, prefix=f"back-{filing}")
    done = _("Noted: it came back. The dates are counted again.")
    return _act(request, pk, action, form=form, done=done)


@staff(*WORKING)
@require_POST
def remove(request: StaffRequest, pk: uuid.UUID, filing: uuid.UUID) -> HttpResponse:
    """Take a wrong receipt off."""
    action = partial(actions.remove_filing, _filing(request, pk, filing))
    form = RemoveFilingForm(request.POST, prefix=f"off-{filing}")
    done = _("The receipt is taken off. The dates are counted again.")
    return _act(request, pk, action, form=form, done=done)

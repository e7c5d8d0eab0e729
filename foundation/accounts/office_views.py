"""The office as the public pages show it; its administrator keeps that right."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts import office_changes
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.accounts.office_forms import OfficeForm, ReceiptForm
from foundation.accounts.office_words import shown_change
from foundation.accounts.views import page
from foundation.forms import posted


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def office(request: StaffRequest) -> HttpResponse:
    """Change what the office says of itself, at once or from a day on; show what was changed, by whom.

    People in danger call what stands here.
    """
    form, status = OfficeForm(posted(request), office=request.office), 200
    if form.is_bound:
        change = partial(office_changes.change_office, request.office)
        acted = act(request, change, form=form, done=_("It is saved."))
        if acted.is_done:
            return redirect("office")
        status = acted.status
        if status == office_changes.ChangedMeanwhile.status:
            request.office.refresh_from_db()
            form.show_what_stands(request.office)
    waiting = [shown_change(change) for change in office_changes.waiting_changes(request.office)]
    made = [shown_change(change) for change in office_changes.made_changes(request.office)]
    context = {"form": form, "waiting": waiting, "made": made}
    return render(request, "accounts/office.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def receipt_looks(request: StaffRequest) -> HttpResponse:
    """Choose what stands on the paper of a receipt, with the paper beside it as it would be."""
    form, status = ReceiptForm(posted(request), office=request.office), 200
    shown = request.office.receipt_shows
    if form.is_bound and request.POST.get("press") == "show":
        status = 200 if form.is_valid() else 422
        shown = form.cleaned_data.get("receipt_shows", shown)
    elif form.is_bound:
        acted = act(
            request,
            partial(office_changes.change_office, request.office),
            form=form,
            done=_("It is saved."),
        )
        if acted.is_done:
            return redirect("office")
        status = acted.status
        if status == office_changes.ChangedMeanwhile.status:
            request.office.refresh_from_db()
            form.show_what_stands(request.office)
    context = {"form": form, "shows": shown, "office": request.office}
    return render(request, "accounts/receipt_looks.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts")
def undo_office_change(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put back what a change replaced."""
    change = get_object_or_404(request.office.changes, pk=pk)
    act(request, partial(office_changes.undo_change, change), done=_("It is as it was before."))
    return redirect("office")


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts")
def drop_office_change(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Call off a change that waits for its day."""
    change = get_object_or_404(request.office.changes, pk=pk)
    act(request, partial(office_changes.drop_change, change), done=_("It is called off."))
    return redirect("office")

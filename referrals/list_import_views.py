"""A practitioner's own list from a file: what would come of it, then one press; nobody else sees it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.importing import import_sheet
from foundation.accounts.models import Role
from foundation.files.receiving import receives_in_memory
from foundation.sheets import SheetForm
from referrals import list_importing
from referrals.list_importing import read_names
from referrals.models import ListImport


@receives_in_memory
@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: StaffRequest) -> HttpResponse:
    """Show what a file would put on one's list; the second press, on what is shown, does it."""
    return import_sheet(
        request,
        read=lambda text: read_names(text, request.user),
        take_in=lambda read: partial(list_importing.import_own_list, read.names),
        done=lambda _read: _("The names are on your list."),
        show=_page,
        back="panel:list-import",
    )


def _page(request: StaffRequest, form: SheetForm, *, status: int = 200, **shown: Any) -> HttpResponse:
    imports = ListImport.objects.filter(user=request.user).order_by("-imported_at")
    context = {"form": form, "imports": imports, "example": 'name\nAri Example\n"Example, Bo"', **shown}
    return render(request, "referrals/list_import.html", context, status=status)


@staff(Role.ATTORNEY)
@require_POST
def undo_list_import(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the names of an import off one's own list."""
    batch = get_object_or_404(ListImport, pk=pk, user=request.user)
    acted = act(request, partial(list_importing.undo_own_list_import, batch))
    if acted.is_done:
        messages.success(request, _("Names taken off your list: %(n)d.") % {"n": acted.result})
    return redirect("panel:list-import")

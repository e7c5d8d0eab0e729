"""Take a list of practitioners in: first what would come of it, then one press; and back again."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.importing import import_sheet
from foundation.accounts.models import Role
from foundation.files.receiving import receives_in_memory
from foundation.sheets import SheetForm
from referrals import panel_importing
from referrals.models import PanelImport
from referrals.panel_queries import imports_of
from referrals.panel_reading import EXAMPLE, described, read_panel


@receives_in_memory
@staff(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_panel(request: StaffRequest) -> HttpResponse:
    """Show what a list would do; the second press, on what is shown, does it."""
    return import_sheet(
        request,
        read=lambda text: read_panel(text, request.office),
        take_in=lambda read: partial(panel_importing.import_panel, request.office, rows=read.rows),
        done=lambda _read: _("The list is taken in."),
        show=_page,
        back="panel:import",
    )


def _page(request: StaffRequest, form: SheetForm, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {
        "form": form,
        "imports": imports_of(request.office),
        "columns": described(),
        "example": "\n".join(EXAMPLE),
        **shown,
    }
    return render(request, "referrals/import.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts")
def undo_import(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back what an import did, as far as nobody came in or changed it since."""
    batch = get_object_or_404(PanelImport.objects.select_related("office"), pk=pk, office=request.office)
    acted = act(request, partial(panel_importing.undo_panel_import, batch), done=_("The import is undone."))
    if acted.is_done and acted.result:
        left = ngettext(
            "%(n)d line stands: its person came in, or their profile was changed since.",
            "%(n)d lines stand: their people came in, or their profiles were changed since.",
            acted.result,
        )
        messages.warning(request, left % {"n": acted.result})
    return redirect("panel:import")

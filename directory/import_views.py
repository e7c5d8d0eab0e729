"""Take a whole list into the directory: first what would come in, then one press; and back again."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from directory import actions
from directory.models import DirectoryImport
from directory.queries import imports_of
from directory.reading import EXAMPLE, ReadList, described, read_list
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.importing import import_sheet
from foundation.files.receiving import receives_in_memory
from foundation.sheets import SheetForm


@receives_in_memory
@staff(*actions.KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: StaffRequest) -> HttpResponse:
    """Show what a list would bring in; the second press, on what is shown, takes it in."""
    return import_sheet(
        request,
        read=lambda text: read_list(text, request.office, today=request.office.today(timezone.now())),
        take_in=lambda read: partial(actions.import_organizations, request.office, rows=read.rows),
        done=_came_in,
        show=_page,
        back="directory:import",
    )


def _came_in(read: ReadList) -> str:
    count = len(read.rows)
    return ngettext("%(n)d organization came in.", "%(n)d organizations came in.", count) % {"n": count}


def _page(request: StaffRequest, form: SheetForm, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {
        "form": form,
        "imports": imports_of(request.office),
        "columns": described(),
        "example": "\n".join(EXAMPLE),
        **shown,
    }
    return render(request, "directory/import.html", context, status=status)


@staff(*actions.KEEPERS)
@require_POST
def undo_import(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back all that an import brought in."""
    batch = get_object_or_404(DirectoryImport.objects.select_related("office"), pk=pk, office=request.office)
    act(request, partial(actions.undo_import, batch), done=_("The import is undone."))
    return redirect("directory:import")

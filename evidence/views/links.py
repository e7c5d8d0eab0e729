"""What waits to be read into the library, and what changed since it was kept."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from evidence.access import links_visible_to
from evidence.queries.links import drifted
from foundation.accounts.access import StaffRequest, staff


@staff()
@require_safe
def link(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show whether a page or file is read by now, and go on to the source once it is."""
    sent = get_object_or_404(links_visible_to(request.user), pk=pk)
    if sent.document_id:
        return redirect("evidence:document", sent.document_id)
    return render(request, "evidence/link.html", {"link": sent})


@staff()
@require_safe
def checks(request: StaffRequest) -> HttpResponse:
    """Show which sources of the library are no longer as they were kept."""
    return render(request, "evidence/checks.html", {"drifted": drifted(request.user)})

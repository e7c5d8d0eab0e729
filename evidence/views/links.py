"""What waits to be read into the library, and what changed since it was kept."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evidence.access import links_visible_to
from evidence.actions.links import remove_link, retry_link
from evidence.queries.links import drifted
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.refused import Refused


@staff(*ON_MATTERS)
@require_safe
def link(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show whether a page or file is read by now, and go on to the source once it is."""
    sent = get_object_or_404(links_visible_to(request.user), pk=pk)
    if sent.document_id:
        return redirect("evidence:document", sent.document_id)
    return render(request, "evidence/link.html", {"link": sent})


@staff(*ON_MATTERS)
@require_POST
def link_retry(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask once more for a page that could not be fetched."""
    sent = get_object_or_404(links_visible_to(request.user), pk=pk)
    try:
        sent = retry_link(sent, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("evidence:link", sent.pk)


@staff(*ON_MATTERS)
@require_POST
def link_remove(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take what could not be read off the list."""
    sent = get_object_or_404(links_visible_to(request.user), pk=pk)
    try:
        remove_link(sent, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("evidence:link", pk)
    messages.success(request, _("It is off the list."))
    return redirect("evidence:documents")


@staff(*ON_MATTERS)
@require_safe
def checks(request: StaffRequest) -> HttpResponse:
    """Show which sources of the library are no longer as they were kept."""
    return render(request, "evidence/checks.html", {"drifted": drifted(request.user)})

"""Files people sent, for staff: the rebuilt copy as a download, never shown inside a page of ours."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from cases.access import visible_to
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.models import Role
from foundation.files import kinds
from foundation.files.actions import open_file
from foundation.files.models import Status, StoredFile, Upload
from foundation.forms import posted
from foundation.vault.opening import open_one
from workspace.files.forms import OriginalForm

HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


@staff(Role.CASEWORKER, Role.ATTORNEY, Role.ASSISTANT)
@require_safe
def download(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand over the rebuilt copy of a file that belongs to a case the person may see."""
    upload = _upload(request, pk, status=Status.REBUILT)
    return handed_over(upload.rebuilt, purpose="download", name=f"document-{upload.pk.hex[:8]}")


@staff(Role.CASEWORKER)
@step_up("files", back="files:original")
@require_http_methods(["GET", "HEAD", "POST"])
def original(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask why the file just as it was sent is needed, then hand it over: it may be dangerous to open."""
    upload = _upload(request, pk, original__isnull=False)
    form = OriginalForm(posted(request))
    if form.is_bound and form.is_valid():
        purpose = f"original: {form.cleaned_data['purpose']}"
        return handed_over(upload.original, purpose=purpose, name=f"original-{upload.pk.hex[:8]}")
    status = 422 if form.is_bound else 200
    return render(request, "workspace/original.html", {"form": form, "upload": upload}, status=status)


def _upload(request: StaffRequest, pk: uuid.UUID, **conditions: Any) -> Upload:
    """Return an upload of a case the person may see; the row policies say the same again."""
    files = visible_to(request.user).values("matter_id")
    uploads = Upload.objects.select_related("rebuilt", "original")
    return get_object_or_404(uploads, pk=pk, matter_id__in=files, **conditions)


def handed_over(stored: StoredFile | None, *, purpose: str, name: str) -> HttpResponse:
    """Return a stored file as an attachment under a name that says nothing of anybody; 404 without a file.

    Read whole, 50 MB at most: a response that streams runs after the request's transaction, on nobody's
    behalf, and would raise there; and the last chunk must be proven before the first one leaves.
    """
    if stored is None:
        raise Http404
    content_type = open_one(stored, "content_type", purpose=purpose).content_type
    content = b"".join(open_file(stored, purpose=purpose))
    ending = kinds.of_type(content_type).endings[0]
    disposition = f'attachment; filename="{name}.{ending}"'
    headers = {**HEADERS, "Content-Disposition": disposition}
    return HttpResponse(content, content_type=content_type, headers=headers)

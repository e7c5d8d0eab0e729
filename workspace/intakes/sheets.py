"""What the pages of a person's form share: which forms staff may open, and how a receipt is shown."""

import uuid
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from foundation.accounts.access import StaffRequest
from intake.models import Intake, Status
from intake.progress import call_after
from intake.promises import promise_look
from intake.queries import MAY_REACH
from intake.receipts import grouped
from intake.sheet import Sheet, open_sheet


def draft_sheet(request: StaffRequest, pk: uuid.UUID, *, purpose: str) -> Sheet:
    """Return a form of the person's office that was not sent yet, or answer 404.

    Only one that was typed here, or whose owner said that we may reach them: others stay unread.
    """
    drafts = Intake.objects.filter(MAY_REACH, office=request.office, status=Status.DRAFT)
    intake = get_object_or_404(drafts, pk=pk)
    sheet = open_sheet(intake.matter_id, at=timezone.now(), purpose=purpose, by_staff=True)
    if sheet is None:
        raise Http404
    return sheet


def show_receipt(
    request: StaffRequest, locator: str, secret: str, *, back: str = "", read_by: date | None = None
) -> HttpResponse:
    """Show the two numbers of a receipt, and what happens next."""
    context = {
        "locator": grouped(locator),
        "secret": grouped(secret),
        "office": request.user.office,
        "back": back,
        "promise_look": promise_look(read_by),
        "call_after": call_after(read_by),
    }
    return render(request, "workspace/receipt.html", context)

"""Getting ready: what the office needs before real people may use it, and the switch of its public form."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.accounts.office_changes import change_office
from workspace.ready.queries import missing, ready_items


@staff(Role.ADMINISTRATOR)
@require_safe
def ready(request: StaffRequest) -> HttpResponse:
    """Show what is done and what is missing, with the way to each."""
    return _shown(request)


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="workspace:ready")
def switch_form(request: StaffRequest) -> HttpResponse:
    """Open the public form, knowingly where something is missing; or shut it. Receipts are served anyhow."""
    opens = request.POST.get("press") == "open"
    if not opens and request.POST.get("press") != "shut":
        return _shown(request, status=422)
    items = ready_items(request.office, on=request.office.today(timezone.now()))
    if opens and missing(items) and not request.POST.get("knowing"):
        messages.error(
            request, _("Something is missing. Tick the box if people may use the form all the same.")
        )
        return _shown(request, status=422)
    said = _("People can send forms now.") if opens else _("No new form can be begun now.")
    act(request, partial(change_office, request.office, takes_forms=opens), done=said)
    return redirect("workspace:ready")


def _shown(request: StaffRequest, *, status: int = 200) -> HttpResponse:
    items = ready_items(request.office, on=request.office.today(timezone.now()))
    context = {"items": items, "missing": missing(items), "office": request.office}
    return render(request, "workspace/ready.html", context, status=status)

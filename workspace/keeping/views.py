"""How long the office keeps what, and what of it the office chooses."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.accounts import office_changes
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from workspace.keeping.forms import KeepingForm
from workspace.keeping.queries import held, kept_lines


@staff(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
@step_up("accounts")
def keeping(request: StaffRequest) -> HttpResponse:
    """Show each class of kept thing with how long it is kept; change what the office chooses."""
    form, status = KeepingForm(posted(request), office=request.office), 200
    if form.is_bound:
        change = partial(office_changes.change_office, request.office)
        acted = act(request, change, form=form, done=_("It is saved."))
        if acted.is_done:
            return redirect("office")
        status = acted.status
        if status == office_changes.ChangedMeanwhile.status:
            request.office.refresh_from_db()
            form.show_what_stands(request.office)
    lines, over = kept_lines(request.office), held(request.office, at=timezone.now())
    context = {"form": form, "lines": lines, "held": over}
    return render(request, "workspace/keeping/keeping.html", context, status=status)

"""Requests that came in a burst: look at them together, put them aside, bring them back."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.queries import of_a_burst
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from intake import bursts
from workspace.bursts.forms import BringBackForm, PutAsideForm
from workspace.bursts.queries import burst_page


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def show(request: StaffRequest) -> HttpResponse:
    """Show what is marked as of a burst, and what was put aside."""
    return _page(request)


def _page(request: StaffRequest, *, form: Any = None, status: int = 200) -> HttpResponse:
    may_decide = request.user.has_role(Role.CASEWORKER)
    context = {"page": burst_page(request.user, at=timezone.now()), "form": form, "may_decide": may_decide}
    return render(request, "workspace/bursts.html", context, status=status)


@staff(Role.CASEWORKER)
@require_POST
def put_aside(request: StaffRequest) -> HttpResponse:
    """Put the requests that are ticked aside, or all that were shown; they can come back together."""
    forms = {str(case.intake_id): case.intake for case in of_a_burst(request.user)}
    field = "shown" if request.POST.get("press") == "all" else "chosen"
    form = PutAsideForm({"chosen": request.POST.getlist(field)}, ids=list(forms))

    def action(chosen: list[str], **who: Any) -> int:
        return bursts.put_aside([forms[pk] for pk in chosen], **who)

    acted = act(request, action, form=form, done=_("They are put aside. Below you can bring them back."))
    return redirect("workspace:bursts") if acted.is_done else _page(request, form=form, status=acted.status)


@staff(Role.CASEWORKER)
@require_POST
def bring_back(request: StaffRequest) -> HttpResponse:
    """Bring back what was put aside in one go."""
    form = BringBackForm(request.POST)
    action = partial(bursts.bring_back, request.office.pk)
    acted = act(request, action, form=form, done=_("They are back in the lists."))
    return redirect("workspace:bursts") if acted.is_done else _page(request, status=acted.status)

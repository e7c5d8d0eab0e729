"""The door to a second person's decision."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cases import actions
from cases.access import visible_to
from cases.forms import SecondForm
from cases.models import SecondLook
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from workspace.case.show import act_on_case, show_case
from workspace.visible import case_for

ANSWERS = {
    "confirm": (actions.confirm_step, _("Done.")),
    "refuse": (actions.refuse_step, _("It is not done. Whoever asked hears of it.")),
    "drop": (actions.drop_step, _("Taken back.")),
}


@staff(Role.SUPERVISOR, Role.CASEWORKER)
@require_POST
def decide(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Do what a colleague asked for, refuse it, say that one looked, or take back what one asked for."""
    looks = SecondLook.objects.select_related("case__office", "case__intake", "asked_by")
    look = get_object_or_404(looks, pk=pk, case__in=visible_to(request.user))
    case, form = case_for(request, look.case_id), SecondForm(request.POST)
    if not form.is_valid():
        return show_case(request, case, sent=form, status=422)
    action, done = ANSWERS[form.cleaned_data["answer"]]
    return act_on_case(request, case, partial(action, look), done=str(done))

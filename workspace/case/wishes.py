"""What the case page's buttons about the person's own wishes and form do."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import actions as case_actions
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from intake import actions
from workspace.case.show import act_on_case
from workspace.intakes.forms import DecideWishForm
from workspace.visible import case_for


@staff(Role.CASEWORKER)
@require_POST
def wish(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note whether a wish was confirmed with the person."""
    case, form = case_for(request, pk), DecideWishForm(request.POST)
    return act_on_case(request, case, partial(case_actions.decide_wish, case), form=form, done=_("Noted."))


@staff(Role.CASEWORKER)
@require_POST
def spoken_alone(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that someone spoke with the person without their helper."""
    case = case_for(request, pk)
    return act_on_case(request, case, partial(actions.note_spoken_alone, case.intake), done=_("Noted."))


@staff(Role.CASEWORKER)
@require_POST
def invite_story(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Invite the person to tell in their own words."""
    case = case_for(request, pk)
    done = _("The question is open: the person sees it when they come back.")
    return act_on_case(request, case, partial(case_actions.invite_story, case), done=done)


@staff(Role.CASEWORKER)
@require_POST
def legal_hold(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Set a legal hold on a matter, or lift it."""
    case = case_for(request, pk)
    hold = partial(case_actions.set_legal_hold, case, on=request.POST.get("hold") == "on")
    return act_on_case(request, case, hold, done=_("Noted."))

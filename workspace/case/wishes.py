"""What the case page's buttons about the person's own wishes and form do."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import actions as case_actions
from cases.forms import TellForm
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from intake import actions
from notifications.actions import change_terms
from workspace.case.show import act_on_case
from workspace.intakes.forms import DecideWishForm, PostForm, TermsForm
from workspace.visible import case_for


@staff(Role.CASEWORKER)
@require_POST
def wish(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note whether a wish was confirmed with the person."""
    case, form = case_for(request, pk), DecideWishForm(request.POST)
    return act_on_case(request, case, partial(case_actions.decide_wish, case), form=form, done=_("Noted."))


@staff(Role.CASEWORKER)
@require_POST
def tell(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that the person heard how their case ended."""
    case, form = case_for(request, pk), TellForm(request.POST)
    done = _("Noted. From now on their return page says it.")
    return act_on_case(request, case, partial(case_actions.tell_ending, case), form=form, done=done)


@staff(Role.CASEWORKER)
@require_POST
def post(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put something on the person's return page."""
    case, form = case_for(request, pk), PostForm(request.POST)
    action, done = partial(case_actions.post_to_person, case), _("It stands on their return page.")
    return act_on_case(request, case, action, form=form, done=done, tab="messages")


@staff(Role.CASEWORKER)
@require_POST
def terms(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note when we may write to the person, and what a message may say."""
    case, form = case_for(request, pk), TermsForm(request.POST)
    action = partial(change_terms, case.matter)
    return act_on_case(request, case, action, form=form, done=_("Noted."), tab="messages")


@staff(Role.CASEWORKER)
@require_POST
def settle(request: StaffRequest, pk: uuid.UUID, posting: uuid.UUID) -> HttpResponse:
    """Take something off the person's return page."""
    case = case_for(request, pk)
    action = partial(case_actions.settle_posting, case, posting_id=posting)
    return act_on_case(request, case, action, done=_("It is off their return page."), tab="messages")


@staff(Role.CASEWORKER)
@require_POST
def spoken_alone(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that someone spoke with the person without their helper."""
    case = case_for(request, pk)
    action = partial(actions.note_spoken_alone, case.intake)
    return act_on_case(request, case, action, done=_("Noted."), tab="told-us")


@staff(Role.CASEWORKER)
@require_POST
def invite_story(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Invite the person to tell in their own words."""
    case = case_for(request, pk)
    done = _("The question is open: the person sees it when they come back.")
    return act_on_case(request, case, partial(case_actions.invite_story, case), done=done, tab="told-us")


@staff(Role.CASEWORKER)
@require_POST
def legal_hold(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Set a legal hold on a matter, or lift it."""
    case = case_for(request, pk)
    hold = partial(case_actions.set_legal_hold, case, on=request.POST.get("hold") == "on")
    return act_on_case(request, case, hold, done=_("Noted."), tab="told-us")

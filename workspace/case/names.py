"""What the case page's buttons and forms about names do."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.access import visible_to
from conflicts import actions
from conflicts.forms import ANumberForm, FenceForm, PartyForm
from conflicts.models import CheckKind, Party, RingFence, SamePerson
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from workspace.case.show import act_on_case, show_case
from workspace.names.queries import colleagues
from workspace.names.show import board_form, show_our_people, show_waiting
from workspace.visible import case_for


@staff(Role.CASEWORKER)
@require_POST
def check(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask about all names of a case now."""
    case = case_for(request, pk)
    action = partial(actions.check_again, case.matter, kind=CheckKind.DEMAND)
    return act_on_case(request, case, action, done=_("The names are being compared."), tab="people")


@staff(Role.CASEWORKER)
@require_POST
def add_party(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down someone in the matter, and compare the name at once."""
    case, form = case_for(request, pk), PartyForm(request.POST)
    action = partial(actions.add_party, case.matter)
    return act_on_case(request, case, action, form=form, done=_("The name is added."), tab="people")


@staff(Role.CASEWORKER)
@require_POST
def remove_party(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take someone off a case, or a name off the office's own people."""
    party = get_object_or_404(Party, pk=pk, office=request.office, user=None, removed_at=None)
    case = visible_to(request.user).filter(matter_id=party.matter_id).first()
    action, done = partial(actions.remove_party, party), _("The name is taken off.")
    if case:
        return act_on_case(request, case, action, done=done, tab="people")
    if party.matter_id != request.office.matter_id:
        raise Http404
    acted = act(request, action, done=done)
    if acted.is_done:
        return redirect("workspace:our-people")
    return show_our_people(request, board_form(), acted.status)


@staff(Role.CASEWORKER)
@require_POST
def a_number(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down the A-Number of a case."""
    case, form = case_for(request, pk), ANumberForm(request.POST)

    def action(a_number: str, **values: Any) -> None:
        actions.note_a_number(case.matter, a_number, **values)

    return act_on_case(request, case, action, form=form, done=_("The A-Number is kept."), tab="people")


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_POST
def fence(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep someone off this case."""
    case = case_for(request, pk)
    form = FenceForm(request.POST, people=colleagues(case, request.user))
    put_up = partial(actions.fence, case.matter_id, office_id=case.office_id)
    return act_on_case(
        request, case, put_up, form=form, done=_("They no longer see this case."), tab="people"
    )


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_POST
def lift_fence(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let someone back to a case."""
    made = get_object_or_404(RingFence, pk=pk, office=request.office, lifted_at=None)
    lift = partial(actions.lift_fence, made.matter_id, user=made.user, office_id=made.office_id)
    return _for_matter(request, made.matter_id, lift, _("They may see this case again."))


@staff(Role.CASEWORKER)
@require_POST
def take_apart(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo that two matters were put together."""
    same = get_object_or_404(SamePerson, pk=pk, office=request.office, undone_at=None)
    action = partial(actions.take_apart, same)
    return _for_matter(request, same.other_matter_id, action, _("The two requests stand apart again."))


def _for_matter(
    request: StaffRequest, matter_id: uuid.UUID, action: Callable[..., Any], done: str
) -> HttpResponse:
    """Run a button's action and go to the matter's case, or to the conflicts where it may not be seen."""
    acted = act(request, action, done=done)
    case = visible_to(request.user).filter(matter_id=matter_id).first()
    if acted.is_done:
        return redirect("workspace:people", case.pk) if case else redirect("workspace:conflicts")
    if case is None:
        return show_waiting(request, status=acted.status)
    return show_case(request, case, tab="people", status=acted.status)

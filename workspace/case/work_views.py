"""The doors to the day's work on a case: tasks, tries to reach somebody, appointments, hearings."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from cases.models import Case
from casework import actions, reminding
from casework.forms import (
    AppointmentForm,
    CameForm,
    EndHearingForm,
    GiveTaskForm,
    HearingForm,
    MoveForm,
    TaskForm,
    TryForm,
)
from casework.models import Appointment, ContactTry, Hearing, Task
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.vault.opening import open_one
from workspace.case.show import act_on_case
from workspace.case.work_forms import owners
from workspace.strip import NoSuchTab
from workspace.visible import case_for

WORKING = (Role.CASEWORKER, Role.ATTORNEY)
SETTLE = {
    "done": (actions.finish_task, _lazy("Done.")),
    "undo": (actions.reopen_task, _lazy("It is open again.")),
    "cancel": (actions.cancel_task, _lazy("Cancelled.")),
}


@staff(*WORKING)
@require_POST
def add_task(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    form = TaskForm(request.POST, people=owners(case))
    return act_on_case(
        request, case, partial(actions.add_task, case), form=form, done=_("The task is added.")
    )


@staff(*WORKING)
@require_POST
def add_usual(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Add the usual tasks of the case's track."""
    case = case_for(request, pk)
    return act_on_case(request, case, partial(actions.add_usual, case), done=_("The usual tasks are added."))


@staff(*WORKING)
@require_POST
def give_task(request: StaffRequest, pk: uuid.UUID, task: uuid.UUID) -> HttpResponse:
    """Let somebody else see to a task."""
    case = case_for(request, pk)
    one = get_object_or_404(Task.objects.select_related("case__office"), pk=task, case=case)
    form = GiveTaskForm(request.POST, people=owners(case))
    return act_on_case(
        request, case, partial(actions.give_task, one), form=form, done=_("The task is given.")
    )


@staff(*WORKING)
@require_POST
def settle_task(request: StaffRequest, pk: uuid.UUID, task: uuid.UUID, how: str) -> HttpResponse:
    """Note that a task is done, open again or not needed. Raises NoSuchTab for another word."""
    case = case_for(request, pk)
    one = get_object_or_404(Task.objects.select_related("case__office"), pk=task, case=case)
    if how not in SETTLE:
        raise NoSuchTab
    action, done = SETTLE[how]
    return act_on_case(request, case, partial(action, one), done=str(done))


@staff(*WORKING)
@require_POST
def note_try(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    form = TryForm(request.POST, zone=case.office.time_zone)
    return act_on_case(request, case, partial(actions.note_try, case), form=form, done=_("The try is noted."))


@staff(*WORKING)
@require_POST
def strike_try(request: StaffRequest, pk: uuid.UUID, made: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    one = get_object_or_404(ContactTry.objects.select_related("case__office"), pk=made, case=case)
    return act_on_case(request, case, partial(actions.strike_try, one), done=_("Struck out."))


@staff(*WORKING)
@require_POST
def make_appointment(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    form = AppointmentForm(request.POST, zone=case.office.time_zone)
    action = partial(actions.make_appointment, case)
    return act_on_case(request, case, action, form=form, done=_("The appointment is made."))


def _appointment(case: Case, pk: uuid.UUID) -> Appointment:
    rows = Appointment.objects.select_related("case__office", "with_whom")
    return get_object_or_404(rows, pk=pk, case=case)


@staff(*WORKING)
@require_POST
def end_appointment(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Write down what became of an appointment."""
    case, form = case_for(request, pk), CameForm(request.POST)
    action = partial(actions.end_appointment, _appointment(case, one))
    return act_on_case(request, case, action, form=form, done=_("Noted."))


@staff(*WORKING)
@require_POST
def move_appointment(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Move an appointment to another time."""
    case = case_for(request, pk)
    appointment = _appointment(case, one)
    form = MoveForm(request.POST, zone=case.office.time_zone)
    place = open_one(appointment, "place", purpose="appointment").place
    action = partial(actions.move_appointment, appointment, opened=place)
    return act_on_case(request, case, action, form=form, done=_("The appointment is moved."))


@staff(*WORKING)
@require_POST
def book_interpreter(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    action = partial(actions.book_interpreter, _appointment(case, one))
    return act_on_case(request, case, action, done=_("The interpreter is booked."))


@staff(*WORKING)
@require_POST
def note_hearing(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_for(request, pk)
    form = HearingForm(request.POST, zone=case.office.time_zone)
    done = _("The hearing is written down, and the dates are counted again.")
    return act_on_case(request, case, partial(actions.note_hearing, case), form=form, done=done)


@staff(*WORKING)
@require_POST
def confirm_hearing(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Note that somebody who must be there knows of a hearing."""
    case = case_for(request, pk)
    hearing = get_object_or_404(Hearing.objects.select_related("case__office"), pk=one, case=case)
    done = _("Confirmed: it is repeated no more.")
    return act_on_case(request, case, partial(reminding.confirm_hearing, hearing), done=done)


@staff(*WORKING)
@require_POST
def end_hearing(request: StaffRequest, pk: uuid.UUID, one: uuid.UUID) -> HttpResponse:
    """Write down what came of a hearing."""
    case, form = case_for(request, pk), EndHearingForm(request.POST)
    hearing = get_object_or_404(Hearing.objects.select_related("case__office"), pk=one, case=case)
    return act_on_case(request, case, partial(actions.end_hearing, hearing), form=form, done=_("Noted."))

"""Appointments: made, moved, ended; an interpreter for them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from casework.actions.holding import Settled, hold
from casework.models import Appointment, Came, Interpreter
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Refused


class IsPast(Refused):
    message = _("An appointment lies ahead: choose a time that has not gone by.")


class NotOver(Refused):
    message = _("It has not begun yet: move it or cancel it.")


@transaction.atomic
def make_appointment(
    case: Case,
    *,
    meeting: str,
    starts_at: datetime,
    minutes: int = 60,
    place: str = "",
    interpreter: str = Interpreter.NOT_NEEDED,
    by: User,
    at: datetime,
) -> Appointment:
    """Make an appointment with the person of a case. Raises Forbidden; CaseOver; IsPast."""
    hold(case, by)
    if starts_at <= at:
        raise IsPast
    made = _make(
        case,
        by=by,
        at=at,
        meeting=meeting,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        interpreter=interpreter,
        with_whom=by,
    )
    record("casework.appointment_made", case, by=by, at=at, data={"appointment": str(made.pk)})
    return made


def _make(case: Case, *, by: User, at: datetime, **columns: Any) -> Appointment:
    return Appointment.objects.create(**case.matter.columns, case=case, **columns, made_by=by, made_at=at)


@transaction.atomic
def end_appointment(appointment: Appointment, *, came: str, by: User, at: datetime) -> None:
    """Write down what became of an appointment. Raises Forbidden; CaseOver; NotOver; Settled."""
    hold(appointment.case, by)
    if came in (Came.HELD, Came.NO_SHOW) and appointment.starts_at > at:
        raise NotOver
    _end(appointment, came=came, by=by, at=at)
    data = {"appointment": str(appointment.pk), "came": str(came)}
    record("casework.appointment_ended", appointment.case, by=by, at=at, data=data)


@transaction.atomic
def move_appointment(
    appointment: Appointment, *, starts_at: datetime, opened: str, by: User, at: datetime
) -> Appointment:
    """Move an appointment to another time: the old one stays, and names the new one.

    `opened` is its place, which is sealed for each row anew. Raises Forbidden; CaseOver; IsPast; Settled.
    """
    hold(appointment.case, by)
    if starts_at <= at:
        raise IsPast
    interpreter = appointment.interpreter
    if interpreter == Interpreter.BOOKED:
        interpreter = Interpreter.TO_BOOK  # who was booked for one hour is not there at another
    same = {
        "meeting": appointment.meeting,
        "minutes": appointment.minutes,
        "with_whom": appointment.with_whom,
    }
    case = appointment.case
    made = _make(case, by=by, at=at, **same, place=opened, interpreter=interpreter, starts_at=starts_at)
    _end(appointment, came=Came.MOVED, by=by, at=at, moved_to=made)
    record("casework.appointment_moved", case, by=by, at=at, data={"appointment": str(appointment.pk)})
    return made


@transaction.atomic
def book_interpreter(appointment: Appointment, *, by: User, at: datetime) -> None:
    """Note that an interpreter is booked. Raises Forbidden; CaseOver; Settled."""
    hold(appointment.case, by)
    waiting = Appointment.objects.filter(pk=appointment.pk, came="", interpreter=Interpreter.TO_BOOK)
    if not waiting.update(interpreter=Interpreter.BOOKED):
        raise Settled
    data = {"appointment": str(appointment.pk)}
    record("casework.interpreter_booked", appointment.case, by=by, at=at, data=data)


def _end(appointment: Appointment, *, by: User, at: datetime, **how: Any) -> None:
    """End an appointment that is open, once. Raises Settled."""
    if not Appointment.objects.filter(pk=appointment.pk, came="").update(ended_by=by, ended_at=at, **how):
        raise Settled

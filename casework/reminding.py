"""Tell whoever must act of hearings, until somebody confirms; and the person of what is near for them."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format

from cases.access import holders_of
from cases.models import Case
from cases.queries import caseworkers_for
from casework.actions.holding import Settled, hold
from casework.data import schedule
from casework.models import Appointment, Hearing
from casework.rules.reminding import due_after, due_before
from foundation.accounts.models import Role, User
from foundation.events.ledger import record
from notifications.actions import notify_applicant, notify_user
from notifications.reminders import is_noted, once

AHEAD, BACK = timedelta(days=30), timedelta(days=60)
STAFF_KINDS = {"holders": "hearing_near", "supervisors": "hearing_unconfirmed"}


@transaction.atomic
def remind_of_hearings(*, at: datetime) -> int:
    """Tell of each hearing what is due today, each step once whoever else runs; return how many steps."""
    near = Hearing.objects.filter(outcome="", starts_at__range=(at - BACK, at + AHEAD))
    rows = near.filter(case__closed_at=None).select_related(
        "case__office", "case__caseworker", "case__applicant"
    )
    return sum(_remind(hearing, at=at) for hearing in rows.order_by("starts_at"))


def _remind(hearing: Hearing, *, at: datetime) -> int:
    case, day, today = hearing.case, day_of(hearing), hearing.case.office.today(at)
    rows, seen = schedule(), is_confirmed(hearing)
    if hearing.starts_at <= at:
        steps = due_after("held", day, today=today, schedule=rows)
        return sum(_tell(hearing, step, whom, kind="hearing_held", at=at) for step, whom in steps)
    before = due_before("hearing", day, today=today, schedule=rows, confirmed=seen)
    told = sum(_tell(hearing, step, whom, kind=STAFF_KINDS[whom], at=at) for step, whom in before)
    person = due_before("person_hearing", day, today=today, schedule=rows, confirmed=False)
    return told + sum(
        _tell_person(case, hearing.pk, step, kind="hearing_soon", at=at) for step, _whom in person
    )


@transaction.atomic
def remind_of_appointments(*, at: datetime) -> int:
    """Tell people of appointments that are near, each once; return how many."""
    near = Appointment.objects.filter(came="", starts_at__range=(at, at + AHEAD), case__closed_at=None)
    told = 0
    for one in near.select_related("case__office", "case__applicant"):
        day, today = (
            one.starts_at.astimezone(ZoneInfo(one.case.office.time_zone)).date(),
            one.case.office.today(at),
        )
        steps = due_before("person_appointment", day, today=today, schedule=schedule(), confirmed=False)
        told += sum(
            _tell_person(one.case, one.pk, step, kind="appointment_soon", at=at) for step, _whom in steps
        )
    return told


def _tell(hearing: Hearing, step: str, whom: str, *, kind: str, at: datetime) -> int:
    if not once(hearing.matter, about=hearing.pk, step=step, at=at):
        return 0
    for user in {one.pk: one for one in people_of(hearing.case, whom)}.values():
        notify_user(user, kind=kind, link=hearing.case.get_absolute_url(), at=at)
    return 1


def people_of(case: Case, whom: str) -> Iterable[User]:
    """Return who holds a case, attorney and caseworker, or who leads the caseworkers of its office."""
    if whom == "holders":
        return [*holders_of(case), *caseworkers_for(case)]
    members = case.office.memberships.filter(roles__overlap=[Role.SUPERVISOR], user__is_active=True)
    return [member.user for member in members.select_related("user")] or caseworkers_for(case)


def _tell_person(case: Case, about: uuid.UUID, step: str, *, kind: str, at: datetime) -> int:
    if not once(case.matter, about=about, step=step, at=at):
        return 0
    person = case.applicant
    notify_applicant(person.pk, matter=case.matter, kind=kind, language=person.language, about=about, at=at)
    return 1


# --- confirming -----------------------------------------------------------------------------------


@transaction.atomic
def confirm_hearing(hearing: Hearing, *, by: User, at: datetime) -> None:
    """Note that somebody who must be there knows of a hearing: it is repeated no more.

    Raises Forbidden; CaseOver; Settled where it has an outcome or somebody confirmed.
    """
    hold(hearing.case, by)
    if hearing.outcome or not once(hearing.matter, about=hearing.pk, step=_confirmed(hearing), at=at):
        raise Settled
    record("casework.hearing_confirmed", hearing.case, by=by, at=at, data={"hearing": str(hearing.pk)})


def is_confirmed(hearing: Hearing) -> bool:
    """Tell whether somebody confirmed a hearing on the day on which it is now."""
    return is_noted(hearing.pk, _confirmed(hearing))


def _confirmed(hearing: Hearing) -> str:
    return f"confirmed:{day_of(hearing)}"


def day_of(hearing: Hearing) -> date:
    """Return the day of a hearing, by the clock of its office."""
    return hearing.starts_at.astimezone(ZoneInfo(hearing.case.office.time_zone)).date()


# --- what a message may say, to whoever allowed it --------------------------------------------------


def hearing_line(about: uuid.UUID, at: datetime) -> str:
    """Return day and hour of a hearing that lies ahead; nothing of what it is."""
    row = Hearing.objects.filter(pk=about, outcome="", starts_at__gt=at).select_related("office").first()
    return _moment(row.starts_at, row.office.time_zone) if row else ""


def appointment_line(about: uuid.UUID, at: datetime) -> str:
    """Return day and hour of an appointment that lies ahead."""
    row = Appointment.objects.filter(pk=about, came="", starts_at__gt=at).select_related("office").first()
    return _moment(row.starts_at, row.office.time_zone) if row else ""


def _moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{date_format(local, 'l, j F')}, {date_format(local, 'TIME_FORMAT')}"

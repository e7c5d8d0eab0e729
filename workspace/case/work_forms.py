"""The forms of the day's work, each loaded once it is opened on the overview."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cases.access import holders_of
from cases.models import Case
from casework.forms import (
    AppointmentForm,
    CameForm,
    EndHearingForm,
    GiveTaskForm,
    HearingForm,
    MoveForm,
    TaskForm,
    TryForm,
    first_hour,
)
from casework.models import Interpreter
from foundation.accounts.models import Role, User
from foundation.calendar.business_days import add_business_days
from workspace.desk import Desk

# {form: its name on the page}; what is opened by `?do=` under the same name.
NAMES: dict[type[forms.Form], str] = {
    TaskForm: "task",
    GiveTaskForm: "give_task",
    TryForm: "contact_try",
    AppointmentForm: "appointment",
    HearingForm: "hearing",
    MoveForm: "move",
    EndHearingForm: "end_hearing",
    CameForm: "came",
}


def owners(case: Case, *roles: str) -> QuerySet[User]:
    """Return who may see to a task: the office's caseworkers (or these roles), and who holds the matter."""
    wanted = roles or (Role.CASEWORKER, Role.SUPERVISOR)
    members = case.office.memberships.filter(roles__overlap=list(wanted))
    holders = [one.pk for one in holders_of(case)]
    both = User.objects.filter(is_active=True, pk__in=[*members.values_list("user", flat=True), *holders])
    return both.order_by("name")


def people_of(case: Case) -> list[User]:
    """Return who can be mentioned in a note: whoever sees the case."""
    return list(owners(case, Role.CASEWORKER, Role.SUPERVISOR, Role.ADMINISTRATOR))


def _give_form(desk: Desk, pk: str) -> GiveTaskForm:
    """Return the form that gives a task on, with who sees to it now."""
    chosen = next((one for one in desk.case.tasks.all() if str(one.pk) == pk), None)
    owner = chosen.owner_id if chosen else None
    return GiveTaskForm(people=owners(desk.case), initial={"owner": owner, "was": owner or ""})


def work_form(desk: Desk, do: str) -> dict[str, forms.Form]:
    """Return the form that an address opens, by its name; none for what opens nothing."""
    zone = desk.case.office.time_zone
    needs = (
        Interpreter.TO_BOOK
        if desk.answers.get("spoken_language") not in ("", None, "eng")
        else Interpreter.NOT_NEEDED
    )
    hour = first_hour(desk.today, zone)
    name, _colon, pk = do.partition(":")
    made: dict[str, Any] = {
        "task": lambda: TaskForm(
            people=owners(desk.case), initial={"due_on": add_business_days(desk.today, 2), "waits_for": "us"}
        ),
        "give_task": lambda: _give_form(desk, pk),
        "contact_try": lambda: TryForm(zone=zone, initial={"tried_at": desk.at}),
        "appointment": lambda: AppointmentForm(
            zone=zone, initial={"starts_at": hour, "minutes": 60, "interpreter": needs}
        ),
        "hearing": lambda: HearingForm(zone=zone, initial={"interpreter": needs}),
        "move": lambda: MoveForm(zone=zone, initial={"starts_at": hour}),
        "end_hearing": EndHearingForm,
    }
    return {name: made[name]()} if name in made else {}

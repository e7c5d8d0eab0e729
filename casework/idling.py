"""Tell whoever must act of what does not happen: tasks undone, cases that stand still, people unheard."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.access import live_access
from cases.ending import CaseOver
from cases.models import Case, Scope
from cases.queries import caseworkers_for
from casework.actions.tasks import add_unsent
from casework.data import schedule
from casework.models import Appointment, Hearing, Task
from casework.reminding import people_of
from casework.rules.reminding import due_since, soonest
from foundation.accounts.models import Office, Role, User
from foundation.events.models import Event
from intake.bursts import aside
from notifications.actions import notify_user
from notifications.digests import Line
from notifications.models import Reach, Stop
from notifications.reminders import once
from notifications.talk import first_unanswered

# Events by which somebody heard from us or was met; a try counts where they were reached or left a message.
WORDS = (
    *("notifications.message_sent", "notifications.draft_sent", "letters.letter_given"),
    *("casework.appointment_ended", "cases.ending_told"),
)
TRIED, HEARD = "casework.try_noted", ("reached", "message")
WEEK = timedelta(days=7)
PEOPLE = Q(actor__startswith="user:") | Q(actor="applicant")


@transaction.atomic
def remind_of_tasks(*, at: datetime) -> int:
    """Tell of open tasks whose day has passed, each step once; return how many steps."""
    told = 0
    for office in Office.objects.order_by("pk"):
        today = office.today(at)
        late = Task.objects.filter(office=office, done_at=None, cancelled_at=None, due_on__lt=today)
        rows = late.filter(case__closed_at=None).select_related("owner", "case__office", "case__caseworker")
        for task in rows.order_by("due_on", "pk"):
            for step, whom in due_since("task", task.due_on, today=today, schedule=schedule()):
                if once(task.matter, about=task.pk, step=step, at=at):
                    _tell(task.case, _owners(task) if whom == "owner" else people_of(task.case, whom), at)
                    told += 1
    return told


def _owners(task: Task) -> list[User]:
    return [task.owner] if task.owner and task.owner.is_active else caseworkers_for(task.case)


def _tell(case: Case, people: Iterable[User], at: datetime, *, kind: str = "task_overdue") -> None:
    for user in {one.pk: one for one in people}.values():
        notify_user(user, kind=kind, link=case.get_absolute_url(), at=at)


@transaction.atomic
def remind_of_idle(*, at: datetime) -> int:
    """Tell of open cases in which nobody did anything for so long and nothing is planned; return how many."""
    return sum(_idle_of(office, at) for office in Office.objects.order_by("pk"))


def _idle_of(office: Office, at: datetime) -> int:
    today = office.today(at)
    before = soonest("idle", today=today, schedule=schedule())
    cases = _without(office, PEOPLE, before).exclude(_planned(today, at))
    told = 0
    for case in cases:
        for step, whom in due_since("idle", _day(case, office), today=today, schedule=schedule()):
            if once(case.matter, about=case.pk, step=step, at=at):
                _tell(case, people_of(case, whom), at, kind="case_idle")
                told += 1
    return told


def _planned(today: date, at: datetime) -> Q:
    """Return what is true of a case that somebody planned something for: then it does not stand still."""
    mine = {"case": OuterRef("pk")}
    return (
        Q(Exists(Task.objects.filter(**mine, done_at=None, cancelled_at=None, due_on__gte=today)))
        | Q(Exists(Hearing.objects.filter(**mine, outcome="", starts_at__gt=at)))
        | Q(Exists(Appointment.objects.filter(**mine, came="", starts_at__gt=at)))
    )


@transaction.atomic
def remind_of_silence(*, at: datetime) -> int:
    """Have a caseworker tell people who heard nothing from us for weeks how it stands; return how many.

    Whoever wants to hear nothing any more is left alone.
    """
    return sum(_silent_of(office, at) for office in Office.objects.order_by("pk"))


def _silent_of(office: Office, at: datetime) -> int:
    today = office.today(at)
    before = soonest("silence", today=today, schedule=schedule())
    heard = Q(name__in=WORDS) | Q(name=TRIED, data__result__in=HEARD)
    withdrawn = Reach.objects.filter(matter_id=OuterRef("matter_id"), stopped=Stop.WITHDRAWN)
    told = 0
    for case in _without(office, heard, before).exclude(Exists(withdrawn)):
        for step, whom in due_since("silence", _day(case, office), today=today, schedule=schedule()):
            if once(case.matter, about=case.pk, step=step, at=at) and _gives_task(case, at):
                _tell(case, people_of(case, whom), at, kind="person_unheard")
                told += 1
    return told


def _gives_task(case: Case, at: datetime) -> bool:
    """Have somebody tell the person how it stands; false where the case was closed a moment ago."""
    try:
        add_unsent(case, reason="silence", by="system:silence", at=at)
    except CaseOver:
        return False
    return True


def _without(office: Office, happened: Q, before: date) -> QuerySet[Case, Any]:
    """Return an office's open cases with no such event since a day; `last` is the newest before."""
    start = datetime.combine(before, time.max, tzinfo=ZoneInfo(office.time_zone))
    events = Event.objects.filter(happened, matter_id=OuterRef("matter_id")).order_by()
    last = events.values("matter_id").annotate(last=Max("at")).values("last")
    cases = Case.objects.filter(office=office, closed_at=None, opened_at__lte=start)
    quiet = cases.exclude(matter_id__in=aside()).exclude(Exists(events.filter(at__gt=start)))
    return quiet.annotate(last=Subquery(last)).select_related("office", "caseworker").order_by("pk")


def _day(case: Any, office: Office) -> date:
    """Return the day on which something last happened, or on which the case was opened."""
    return office.today(case.last if case.last and case.last > case.opened_at else case.opened_at)


# --- what the mail of a week counts ---------------------------------------------------------------


def weekly_lines(user: User, at: datetime) -> Iterator[Line]:
    """Yield how many tasks, hearings, people who wait and cases that stand still are somebody's."""
    if user.office is None:
        return
    today, home = user.office.today(at), reverse("home")
    mine, soon = held_by(user), today + WEEK
    tasks = Task.objects.filter(done_at=None, cancelled_at=None, due_on__lte=soon, case__closed_at=None)
    own = tasks.filter(Q(owner=user) | Q(owner=None, case__caseworker=user))
    yield Line(_("Tasks that are due this week, or overdue"), own.count(), home)
    ahead = Hearing.objects.filter(outcome="", starts_at__range=(at, at + 2 * WEEK), case__in=mine)
    yield Line(_("Hearings in the next two weeks"), ahead.count(), home)
    waiting = mine.annotate(waits=first_unanswered()).filter(waits__isnull=False)
    yield Line(_("People who wrote and wait for an answer"), waiting.count(), home)
    if user.has_role(Role.CASEWORKER):
        before = soonest("idle", today=today, schedule=schedule())
        idle = _without(user.office, PEOPLE, before).exclude(_planned(today, at)).filter(caseworker=user)
        yield Line(
            _("Cases in which nothing has happened for weeks"), idle.count(), reverse("workspace:queue")
        )


def held_by(user: User) -> QuerySet[Case, Any]:
    """Return the open cases that are somebody's: as caseworker, or as one who holds the matter."""
    held = live_access(user).filter(scope=Scope.MATTER).values("case")
    return Case.objects.filter(Q(caseworker=user) | Q(pk__in=held), closed_at=None)

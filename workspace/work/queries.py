"""The day's work on a case as its overview shows it, and what of it is due on a caseworker's home."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.models import Case
from casework.models import (
    Appointment,
    Came,
    ContactTry,
    Hearing,
    HearingKind,
    Held,
    Interpreter,
    Result,
    Task,
    WaitsFor,
)
from casework.reminding import is_confirmed
from casework.rules.waiting import Open, waits_on
from casework.words import TASKS, WORDS
from foundation.accounts.models import User
from foundation.badges import BAD, GOOD, QUIET, WARN, Badge
from foundation.vault.opening import open_many
from intake.data import courts
from workspace.desk import Desk
from workspace.when import When, when_of

PURPOSE = "case page"
DONE_SHOWN, TRIES_SHOWN = 3, 6


def moment_words(at: datetime, zone: str) -> str:
    """Return a moment as the clock of an office shows it."""
    return date_format(at.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")


def due(day: date, today: date) -> When:
    """Say when something of ours is due: calmer than a date of the law while it lies ahead."""
    state = "today" if day == today else "passed" if day < today else "ahead"
    when = when_of(day, state, kind="last_day", today=today)
    return replace(when, tone="ahead", icon="") if day > today else when


@dataclass(frozen=True)
class TaskLine:
    """One task in words; who sees to it, on whom it waits."""

    id: uuid.UUID
    words: str
    when: When
    waits_for: str
    owner: str
    is_open: bool
    is_done: bool


@dataclass(frozen=True)
class TasksCard:
    """The open tasks, what was settled last, and on whom the case waits: worked out of what is open."""

    open: list[TaskLine]
    settled: list[TaskLine]
    waiting: str
    has_usual: bool
    may_work: bool


def tasks_card(desk: Desk, *, may_work: bool) -> TasksCard:
    rows = list(desk.case.tasks.select_related("owner").order_by("due_on", "made_at"))
    words = _words(rows, purpose=PURPOSE)
    lines = [_task(row, words[row.pk], today=desk.today) for row in rows]
    is_open = [line for line in lines if line.is_open]
    things = [Open(row.waits_for, row.due_on) for row in rows if not (row.done_at or row.cancelled_at)]
    if desk.placing.offered_to and desk.placing.offer_until:
        things.append(Open(WaitsFor.ATTORNEY, desk.case.office.today(desk.placing.offer_until)))
    waiting = waits_on(things)
    settled = sorted(
        (row for row in rows if row.done_at or row.cancelled_at),
        key=lambda row: str(row.done_at or row.cancelled_at),
        reverse=True,
    )
    by_id = {line.id: line for line in lines}
    return TasksCard(
        open=is_open,
        settled=[by_id[row.pk] for row in settled[:DONE_SHOWN]],
        waiting=_("Waits on %(whom)s") % {"whom": WaitsFor(waiting.on).label} if waiting else "",
        has_usual=any(row.code in TASKS for row in rows),
        may_work=may_work,
    )


def _words(rows: Iterable[Task], *, purpose: str) -> dict[Any, str]:
    """Open the tasks in words of the office's own; those of the list have theirs."""
    listed = list(rows)
    opened = open_many([row for row in listed if not row.code], "words", purpose=purpose)
    return {
        row.pk: str(WORDS.get(row.code, row.code)) if row.code else opened[row.pk].words for row in listed
    }


def _task(row: Task, words: str, *, today: date) -> TaskLine:
    return TaskLine(
        id=row.pk,
        words=words,
        when=due(row.due_on, today),
        waits_for=str(WaitsFor(row.waits_for).label) if row.waits_for != WaitsFor.US else "",
        owner=row.owner.name if row.owner else "",
        is_open=row.done_at is None and row.cancelled_at is None,
        is_done=row.done_at is not None,
    )


@dataclass(frozen=True)
class TryLine:
    """One try to reach the person, with what came of it."""

    id: uuid.UUID
    way: str
    result: Badge
    interpreter: str
    note: str
    when: str
    who: str
    is_struck: bool


@dataclass(frozen=True)
class TriesCard:
    """The newest tries, when the next one is, how many there were since somebody was last reached."""

    lines: list[TryLine]
    next: When | None
    next_at: str
    unanswered: int
    may_work: bool


LOOKS = {Result.REACHED: GOOD, Result.UNSAFE: BAD, Result.WRONG: WARN}


def tries_card(desk: Desk, *, may_work: bool) -> TriesCard:
    return tries_of(desk.case, today=desk.today, may_work=may_work)


def tries_of(case: Case, *, today: date, may_work: bool = False) -> TriesCard:
    """Open the log of tries to reach the person of a case."""
    rows = list(case.tries.select_related("noted_by").order_by("-tried_at"))
    opened = open_many(rows, "note", purpose=PURPOSE)
    zone, valid = case.office.time_zone, [row for row in rows if row.struck_at is None]
    reached = next((n for n, row in enumerate(valid) if row.result == Result.REACHED), len(valid))
    ahead = valid[0].next_try_at if valid else None
    return TriesCard(
        lines=[_try(row, opened[row.pk].note, zone) for row in rows[:TRIES_SHOWN]],
        next=due(case.office.today(ahead), today) if ahead else None,
        next_at=moment_words(ahead, zone) if ahead else "",
        unanswered=reached,
        may_work=may_work,
    )


def _try(row: ContactTry, note: str, zone: str) -> TryLine:
    is_said = row.interpreter != Interpreter.NOT_NEEDED
    return TryLine(
        id=row.pk,
        way=row.get_way_display(),
        result=Badge(str(row.get_result_display()), LOOKS.get(Result(row.result), QUIET)),
        interpreter=str(row.get_interpreter_display()) if is_said else "",
        note=note,
        when=moment_words(row.tried_at, zone),
        who=row.noted_by.name,
        is_struck=row.struck_at is not None,
    )


@dataclass(frozen=True)
class MeetingLine:
    """One appointment; what may be done with it is asked for while it is open."""

    id: uuid.UUID
    meeting: str
    when: When
    at: str
    minutes: int
    place: str
    interpreter: Badge | None
    asks_interpreter: bool
    came: Badge | None
    is_open: bool
    is_past: bool


@dataclass(frozen=True)
class HearingLine:
    """One hearing. `differs`: the facts of the case say another day, from which the dates are counted."""

    id: uuid.UUID
    kind: str
    when: When
    at: str
    court: str
    judge: str
    by_video: bool
    interpreter: str
    outcome: Badge | None
    note: str
    differs: bool
    is_open: bool
    is_confirmed: bool
    is_ahead: bool


@dataclass(frozen=True)
class CalendarCard:
    """When one meets, and when the court hears the case: what lies ahead first, then what was."""

    meetings: list[MeetingLine]
    hearings: list[HearingLine]
    may_work: bool


def calendar_card(desk: Desk, *, may_work: bool) -> CalendarCard:
    meetings = list(desk.case.appointments.order_by("-starts_at"))
    hearings = list(desk.case.hearings.order_by("-starts_at"))
    places = open_many(meetings, "place", purpose=PURPOSE)
    opened = open_many(hearings, "judge", "outcome_note", purpose=PURPOSE)
    lines = [_meeting(row, places[row.pk].place, desk) for row in meetings]
    return CalendarCard(
        meetings=sorted(lines, key=lambda one: not one.is_open),
        hearings=[_hearing(row, opened[row.pk], desk) for row in hearings],
        may_work=may_work,
    )


def _meeting(row: Appointment, place: str, desk: Desk) -> MeetingLine:
    office, said = desk.case.office, Interpreter(row.interpreter)
    tone = {Interpreter.TO_BOOK: WARN, Interpreter.BOOKED: GOOD}.get(said, QUIET)
    came = {Came.HELD: GOOD, Came.NO_SHOW: BAD}.get(Came(row.came), QUIET) if row.came else ""
    return MeetingLine(
        id=row.pk,
        meeting=row.get_meeting_display(),
        when=due(office.today(row.starts_at), desk.today),
        at=moment_words(row.starts_at, office.time_zone),
        minutes=row.minutes,
        place=place,
        interpreter=Badge(f"{_('Interpreter')}: {said.label}", tone)
        if said != Interpreter.NOT_NEEDED
        else None,
        asks_interpreter=not row.came and said == Interpreter.TO_BOOK,
        came=Badge(str(row.get_came_display()), came) if row.came else None,
        is_open=not row.came,
        is_past=row.starts_at <= desk.at,
    )


def _hearing(row: Hearing, opened: Any, desk: Desk) -> HearingLine:
    office, is_open = desk.case.office, not row.outcome
    said = Interpreter(row.interpreter)
    names = {court.code: court.label for court in courts()}
    tone = {Held.HELD: GOOD, Held.MISSED: BAD}.get(Held(row.outcome), QUIET) if row.outcome else ""
    day = row.starts_at.astimezone(ZoneInfo(office.time_zone)).date()
    return HearingLine(
        id=row.pk,
        kind=str(HearingKind(row.kind).label),
        when=due(day, desk.today),
        at=moment_words(row.starts_at, office.time_zone),
        court=names.get(row.court, row.court),
        judge=opened.judge,
        by_video=row.by_video,
        interpreter=str(said.label) if said != Interpreter.NOT_NEEDED else "",
        outcome=Badge(str(row.get_outcome_display()), tone) if row.outcome else None,
        note=opened.outcome_note,
        differs=is_open and desk.learned.get(row.kind) != day.isoformat(),
        is_open=is_open,
        is_confirmed=is_open and is_confirmed(row),
        is_ahead=row.starts_at > desk.at,
    )


# --- the caseworker's day ---------------------------------------------------------------------------


@dataclass(frozen=True)
class DayLine:
    """Something of today: what, of which case, by when; it tells no name."""

    address: str
    words: str
    reference: str
    when: When
    at: str


@dataclass(frozen=True)
class Day:
    """What a caseworker has to do today: tasks, tries, appointments."""

    tasks: list[DayLine]
    tries: list[DayLine]
    meetings: list[DayLine]


SHOWN = 12


def day_of(user: User, *, at: datetime) -> Day:
    """Return what is due for somebody today, and what was due before and is open still."""
    office = user.office
    if office is None:
        return Day([], [], [])
    today = office.today(at)
    zone = ZoneInfo(office.time_zone)
    midnight = datetime.combine(today + timedelta(days=1), datetime.min.time(), zone)
    cases = visible_to(user).filter(closed_at=None).order_by()
    mine = Q(owner=user) | Q(owner=None, case__caseworker=user)
    tasks = Task.objects.filter(mine, case__in=cases, done_at=None, cancelled_at=None, due_on__lte=today)
    rows = list(tasks.select_related("case").order_by("due_on")[:SHOWN])
    words = _words(rows, purpose="home")
    newest = _newest_tries(cases, user, midnight)
    meetings = Appointment.objects.filter(with_whom=user, case__in=cases, came="", starts_at__lt=midnight)
    return Day(
        tasks=[_line(row.case, words[row.pk], due(row.due_on, today)) for row in rows],
        tries=[_of_try(one, today, office.time_zone) for one in newest],
        meetings=[
            _line(
                one.case,
                one.get_meeting_display(),
                due(office.today(one.starts_at), today),
                moment_words(one.starts_at, office.time_zone),
            )
            for one in meetings.select_related("case").order_by("starts_at")[:SHOWN]
        ],
    )


def tasks_before(user: User, cases: list[Case], *, today: date, until: date) -> list[DayLine]:
    """Return the open tasks of cases that are somebody's or wait for the attorney, due by a day."""
    theirs = Q(owner=user) | Q(owner=None, waits_for=WaitsFor.ATTORNEY)
    rows = Task.objects.filter(theirs, case__in=cases, done_at=None, cancelled_at=None, due_on__lte=until)
    found = list(rows.select_related("case").order_by("due_on")[:SHOWN])
    words = _words(found, purpose="home")
    return [_line(row.case, words[row.pk], due(row.due_on, today)) for row in found]


def _newest_tries(cases: Any, user: User, until: datetime) -> list[ContactTry]:
    """Return the newest try of each case of somebody whose next is due: an older plan counts for nothing."""
    newest = ContactTry.objects.filter(case__in=cases.filter(caseworker=user), struck_at=None)
    rows = newest.order_by("case", "-tried_at").distinct("case").select_related("case__office")
    waiting = [one for one in rows if one.next_try_at and one.next_try_at < until]
    return sorted(waiting, key=lambda one: str(one.next_try_at))[:SHOWN]


def _of_try(one: ContactTry, today: date, zone: str) -> DayLine:
    assert one.next_try_at is not None  # noqa: S101  for the type checker: only those are asked for
    when = due(one.case.office.today(one.next_try_at), today)
    return _line(one.case, _("Try to reach them again"), when, moment_words(one.next_try_at, zone))


def _line(case: Case, words: str, when: When, at: str = "") -> DayLine:
    return DayLine(case.get_absolute_url(), words, case.reference, when, at)

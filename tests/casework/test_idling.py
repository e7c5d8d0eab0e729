"""Whoever must act hears of what does not happen: each step once, and anew after something happened."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.actions import decline_case
from cases.models import Case
from casework.actions import add_task, finish_task, note_try, write_note
from casework.data import schedule
from casework.idling import WORDS, remind_of_idle, remind_of_silence, remind_of_tasks, weekly_lines
from casework.models import Task
from casework.rules.reminding import due_since, open_days, soonest
from foundation.calendar.business_days import add_business_days
from foundation.events.registry import words_of
from notifications.actions import stop_reach
from notifications.models import Message, Reach, Stop

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def opened(case, now):
    """The case, with nothing told yet; its last event is today's."""
    Message.objects.all().delete()
    Task.objects.all().delete()
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def later(case, now, time_machine):
    """Return a function that says, and moves to, the moment so many business days after today."""
    today = case.office.today(now)

    def after(days):
        day = next(day for n in range(99) if open_days(today, day := today + timedelta(days=n)) == days)
        at = datetime(day.year, day.month, day.day, 12, tzinfo=NEW_YORK)
        time_machine.move_to(at, tick=False)
        return at

    return after


def told(kind, name="Cora"):
    return Message.objects.filter(kind=kind, channel="in_app", user__name=name).count()


# --- the rule -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "steps"),
    [
        (14, set()),
        (15, {("holders", 15)}),
        (29, {("holders", 15)}),
        (30, {("holders", 15), ("supervisors", 30)}),
    ],
)
def test_the_last_step_that_has_come_is_due(gone, steps):
    since = date(2027, 6, 1)
    today = add_business_days(since, gone)
    due = due_since("idle", since, today=today, schedule=schedule())
    assert set(due) == {(f"idle:{since}:{whom}:{days}", whom) for whom, days in steps}


def test_the_soonest_day_is_so_many_business_days_ago():
    today = date(2027, 6, 16)
    day = soonest("idle", today=today, schedule=schedule())
    assert open_days(day, today) == 15 and open_days(day + timedelta(days=1), today) == 14


def test_every_event_that_counts_as_a_word_from_us_is_one():
    assert all(words_of(name) for name in WORDS)


# --- cases that stand still -----------------------------------------------------------------------


@pytest.mark.parametrize(("days", "count"), [(14, 0), (15, 1), (16, 1)])
def test_a_case_in_which_nobody_did_anything_is_told_of(opened, later, days, count):
    at = later(days)
    remind_of_idle(at=at)
    remind_of_idle(at=at)
    assert told("case_idle") == count


def test_what_a_person_does_begins_the_count_anew_and_what_the_program_does_not(opened, later, cast):
    write_note(opened, text="Called the court.", people=[], by=cast.cora, at=later(10))
    remind_of_idle(at=later(20))
    assert told("case_idle") == 0
    remind_of_idle(at=later(25))
    assert told("case_idle") == 1


def test_a_case_for_which_something_is_planned_does_not_stand_still(opened, later, cast, now):
    task = {"words": "w", "due_on": later(15).date(), "owner": None}
    add_task(opened, **task, by=cast.cora, at=now)
    remind_of_idle(at=later(15))
    assert told("case_idle") == 0
    remind_of_idle(at=later(16))
    assert told("case_idle") == 1


def test_a_closed_case_may_stand_still(opened, later, cast, now):
    decline_case(opened, reason="As a test.", by=cast.cora, at=now)
    Message.objects.all().delete()
    remind_of_idle(at=later(15))
    remind_of_silence(at=later(30))
    assert not Message.objects.exists()


# --- six weeks without a word ---------------------------------------------------------------------


@pytest.mark.parametrize(("days", "count"), [(29, 0), (30, 1), (31, 1)])
def test_whoever_heard_nothing_for_six_weeks_is_a_task_for_the_caseworker(opened, later, days, count):
    at = later(days)
    remind_of_silence(at=at)
    remind_of_silence(at=at)
    assert Task.objects.filter(code="unsent_silence").count() == told("person_unheard") == count


@pytest.mark.parametrize(("result", "count"), [("reached", 0), ("message", 0), ("no_answer", 1)])
def test_a_try_counts_where_they_heard(opened, later, cast, now, result, count):
    then = later(5)
    tried = {"way": "call", "result": result, "tried_at": then}
    if result == "message":
        Reach.objects.filter(matter_id=opened.matter_id).update(may_leave_message=True)
    note_try(opened, **tried, by=cast.cora, at=then)
    remind_of_silence(at=later(31))
    assert told("person_unheard") == count


def test_nobody_goes_after_somebody_who_wants_to_hear_nothing(opened, later, now):
    stop_reach(opened.matter, why=Stop.WITHDRAWN, by="applicant", at=now)
    remind_of_silence(at=later(31))
    assert not Task.objects.exists()


# --- tasks ----------------------------------------------------------------------------------------


def test_a_task_is_told_of_the_day_after_it_was_due_and_upwards_a_week_later(opened, later, cast, now):
    owner = {"words": "w", "due_on": later(2).date(), "owner": cast.ade}
    task = add_task(opened, **owner, by=cast.cora, at=now)
    remind_of_tasks(at=later(2))
    assert told("task_overdue", "Ade") == 0
    for _twice in range(2):
        remind_of_tasks(at=later(3))
    assert told("task_overdue", "Ade") == 1
    remind_of_tasks(at=later(7))
    assert told("task_overdue", "Cora") == 1, "without a supervisor the caseworkers hear"
    finish_task(task, by=cast.cora, at=now)
    assert remind_of_tasks(at=later(20)) == 0


def test_the_week_counts_what_is_somebodys_and_names_nothing(opened, cast, now):
    Case.objects.filter(pk=opened.pk).update(caseworker=cast.cora)
    task = {"words": "Call Amina", "due_on": opened.office.today(now), "owner": None}
    add_task(opened, **task, by=cast.cora, at=now)
    counted = {str(line.words): line.count for line in weekly_lines(cast.cora, now)}
    assert counted["Tasks that are due this week, or overdue"] == 1
    assert not any("Amina" in words for words in counted)
    assert sum(line.count for line in weekly_lines(cast.bea, now)) == 0

"""Tasks of a case: usual ones by track, days that offices work, one truth about who waits on whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.actions import ask_to_close
from casework import actions
from casework.actions.holding import Settled
from casework.data import usual_on, usual_tasks
from casework.models import Task
from casework.rules.waiting import Open, waits_on
from casework.words import TASKS
from foundation.calendar.business_days import add_business_days, is_business_day
from foundation.refused import Forbidden
from tests.conftest import opened


@pytest.fixture
def task(cast, case, now):
    due = case.office.today(now) + timedelta(days=3)
    return actions.add_task(case, words="Ask Canary-Task", due_on=due, owner=None, by=cast.cora, at=now)


def test_nobody_of_another_office_adds_a_task_and_an_administrator_neither(cast, case, now):
    for who in (cast.otto, cast.ines):
        with pytest.raises(Forbidden):
            actions.add_usual(case, by=who, at=now)
    assert not Task.objects.exists()


def test_the_usual_tasks_are_those_of_the_track_and_come_once(cast, triaged, now):
    case = triaged
    assert actions.add_usual(case, by=cast.cora, at=now) == len(usual_on(case.track))
    assert actions.add_usual(case, by=cast.cora, at=now) == 0
    codes = set(Task.objects.values_list("code", flat=True))
    assert "entry_papers" in codes and "hearing_notice" not in codes


def test_a_usual_task_is_due_on_a_day_on_which_offices_work(cast, case, now):
    actions.add_usual(case, by=cast.cora, at=now)
    days = {task.code: task.due_on for task in Task.objects.all()}
    today = case.office.today(now)
    assert all(is_business_day(day) for day in days.values())
    assert days["book_interpreter"] == add_business_days(today, 2)


def test_every_usual_task_has_words():
    assert {task.code for task in usual_tasks()} == set(TASKS)


def test_a_task_is_done_once_and_can_be_opened_again(cast, task, now):
    actions.finish_task(task, by=cast.cora, at=now)
    with pytest.raises(Settled):
        actions.cancel_task(task, by=cast.cora, at=now)
    actions.reopen_task(task, by=cast.cora, at=now)
    actions.cancel_task(task, by=cast.cora, at=now)
    task.refresh_from_db()
    assert task.done_at is None and task.cancelled_by == cast.cora


def test_what_a_task_says_lies_sealed(task):
    fresh = Task.objects.get(pk=task.pk)
    assert "Canary" not in repr(fresh.words)
    assert opened(fresh, "words").words == "Ask Canary-Task"


def test_a_case_that_ends_leaves_nothing_to_do(cast, case, task, now):
    day = case.office.today(now)
    more = {"note": "As a test.", "papers_returned": False, "ended_on": day}
    ask_to_close(case, reason="other", **more, by=cast.cora, at=now)
    case.refresh_from_db()
    task.refresh_from_db()
    assert case.is_open or task.cancelled_at is not None


def test_who_waits_on_whom_is_whoever_has_what_is_due_first():
    first, second = date(2027, 3, 1), date(2027, 3, 2)
    assert waits_on([]) is None
    assert waits_on([Open("person", second), Open("us", first)]).on == "us"
    same = waits_on([Open("person", first), Open("us", first), Open("person", second)])
    assert (same.on, same.counts) == ("us", {"us": 1, "person": 2})


def test_a_task_is_added_and_done_on_the_page_and_two_people_see_both(client, cast, case, now):
    client.force_login(cast.cora)
    page = client.get(case.get_absolute_url(), {"do": "task"}).content.decode()
    assert "Add the task" in page
    sent = {"words": "Call the school", "due_on": "2027-03-01", "waits_for": "person", "owner": ""}
    assert client.post(reverse("workspace:task-add", args=[case.pk]), sent).status_code == 302
    task = Task.objects.get()
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Call the school" in page and "waits on the person" in page
    done = reverse("workspace:task-settle", args=[case.pk, task.pk, "done"])
    assert client.post(done).status_code == 302
    again = client.post(done)
    assert again.status_code == 409
    assert "A colleague settled this meanwhile" in again.content.decode()


def test_a_task_without_words_keeps_what_was_typed(client, cast, case):
    client.force_login(cast.cora)
    sent = {"words": "", "due_on": "2027-03-01", "waits_for": "other", "owner": ""}
    answer = client.post(reverse("workspace:task-add", args=[case.pk]), sent)
    assert answer.status_code == 422
    assert 'value="2027-03-01"' in answer.content.decode()


def test_what_is_due_stands_on_the_home_of_who_sees_to_it(client, cast, triaged, now):
    today = triaged.office.today(now)
    words = {"words": "Bring the form", "due_on": today, "waits_for": "us"}
    actions.add_task(triaged, **words, owner=cast.cora, by=cast.cora, at=now)
    client.force_login(cast.cora)
    assert "Bring the form" in client.get(reverse("home")).content.decode()
    Task.objects.update(owner=cast.ines)
    assert "Bring the form" not in client.get(reverse("home")).content.decode()


def test_a_task_is_given_to_a_colleague_and_says_so_on_the_case(client, cast, case, task, now):
    client.force_login(cast.cora)
    page = client.get(case.get_absolute_url(), {"do": f"give_task:{task.pk}"}).content.decode()
    address = reverse("workspace:task-give", args=[case.pk, task.pk])
    assert address in page and 'name="was"' in page
    assert client.post(address, {"owner": cast.cora.pk, "was": ""}).status_code == 302
    assert Task.objects.get(pk=task.pk).owner == cast.cora
    assert (
        "A task was given to somebody else"
        in client.get(reverse("workspace:history", args=[case.pk])).content.decode()
    )


def test_who_gives_a_task_on_that_a_colleague_gave_on_meanwhile_sees_it(client, cast, case, task, now):
    actions.give_task(task, owner=cast.cora, was="", by=cast.cora, at=now)
    with pytest.raises(Settled):
        actions.give_task(task, owner=None, was="", by=cast.cora, at=now)
    client.force_login(cast.cora)
    answer = client.post(reverse("workspace:task-give", args=[case.pk, task.pk]), {"owner": "", "was": ""})
    assert answer.status_code == 409
    assert Task.objects.get(pk=task.pk).owner == cast.cora


def test_a_task_is_given_to_nobody_who_does_not_see_the_case(client, cast, case, task):
    client.force_login(cast.cora)
    address = reverse("workspace:task-give", args=[case.pk, task.pk])
    for owner in (cast.otto.pk, cast.bea.pk, "x"):
        assert client.post(address, {"owner": owner, "was": ""}).status_code == 422
    assert client.post(address, {"owner": cast.cora.pk, "was": "x"}).status_code == 422
    assert Task.objects.get(pk=task.pk).owner is None


def test_a_task_that_is_done_is_given_to_nobody(cast, task, now):
    actions.finish_task(task, by=cast.cora, at=now)
    with pytest.raises(Settled):
        actions.give_task(task, owner=cast.cora, was="", by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.give_task(task, owner=cast.cora, was="", by=cast.otto, at=now)

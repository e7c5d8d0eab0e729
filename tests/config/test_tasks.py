"""Each background task as the worker runs it: bound to its own name, with no transaction but its own.

A test that calls an action itself does so as "system:test", where every statement outside a transaction gets
one (tests/conftest.py). A task binds another principal, so that what the worker would refuse is refused here.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Case, RulesRun
from config.celery import app
from conflicts.actions import search_names
from conflicts.models import ConflictCheck, NameSearch, Party
from foundation.events import relay
from foundation.events.ledger import _handlers, _listeners, on, record
from foundation.events.models import Delivery, Event
from foundation.files.models import Upload
from foundation.work.line import lines
from foundation.work.nudging import WORK_OFF
from intake.models import Intake
from notifications.actions import notify_user
from notifications.models import Message

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))
KEY = "update keys.case_key_wrap set wrapped = wrapped || 'x'::bytea where file_id = %s"


def run(name, *arguments):
    """Run a task as a worker's process does."""
    return app.tasks[name](*arguments)


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LEDGER_ANCHORS = tmp_path / "anchors.json"
    settings.EVIDENCE_FETCHER = "evidence.clients.fetch.NullFetcher"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def arguments(accepted, cast, make_draft, now):
    """An office with something for every task to do; returns the arguments of those that take any."""
    from evidence.actions.links import add_link

    make_draft(name={"given_names": "Bassel", "middle_names": "", "family_name": "Second"})
    add_link("https://site.example/page", kind="report", by=cast.ade, at=now)
    asked = search_names("Amina Canary-Surname", by=cast.cora, at=now)
    return {
        WORK_OFF: ["deliveries"],
        "conflicts.names.search": [str(asked.pk)],
        "conflicts.names.answer": [str(ConflictCheck.objects.latest("asked_at").pk)],
    }


@pytest.mark.parametrize("name", TASKS)
def test_a_worker_can_run_every_task(arguments, name):
    run(name, *arguments.get(name, []))


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.key)
def test_a_worker_can_work_on_every_line(arguments, line):
    run(WORK_OFF, line.key)
    assert not line.waiting().exclude(error="").exists()


def test_every_task_has_its_turn_or_is_told_by_a_message():
    turns = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert set(TASKS) - turns == {WORK_OFF, "conflicts.names.answer", "conflicts.names.search"}
    assert turns <= set(TASKS)


def test_tidying_writes_down_who_works_here(cast):
    run("conflicts.tasks.tidy")
    assert Party.objects.filter(matter_id=cast.office.matter_id).count() == 4


# --- a row that fails: it is noted, it waits longer each time, the others have their turn --------------


@pytest.fixture
def poison(listed_events):
    """A handler that always fails, and one that notes what it hears."""
    listed_events("test.poisoned", "test.happened")
    heard = []

    @on("test.poisoned", key="test.fail")
    def fail(event):
        raise ValueError("a name that must not be kept")

    @on("test.happened", key="test.hear")
    def hear(event):
        heard.append(event.pk)

    yield heard
    for key in ("test.fail", "test.hear"):
        _handlers.pop(key)
    for name in ("test.poisoned", "test.happened"):
        _listeners.pop(name)


def announce(*names, about):
    from django.db import transaction

    with transaction.atomic():
        for name in names:
            record(name, about, by="system:test")


def deliver():
    run(WORK_OFF, "deliveries")


def test_a_handler_that_fails_is_noted_and_the_rest_of_the_batch_is_carried(office, poison):
    announce("test.poisoned", "test.happened", "test.happened", about=office)
    deliver()
    assert len(poison) == 2
    failed = Delivery.objects.get(handler="test.fail")
    assert (failed.attempts, failed.error, failed.stuck_at) == (1, "ValueError", None)
    assert failed.next_try_at > timezone.now()


def test_a_delivery_waits_twice_as_long_each_time_and_is_stuck_after_eight(office, poison):
    lease = relay.LINE.lease.total_seconds()
    announce("test.poisoned", about=office)
    for attempt in range(1, relay.LINE.tries + 1):
        deliver()
        failed = Delivery.objects.get()
        assert failed.attempts == attempt
        assert failed.next_try_at - timezone.now() > timedelta(
            seconds=min(lease * 2 ** (attempt - 1), 3600) - 9
        )
        Delivery.objects.update(next_try_at=timezone.now())
    assert failed.stuck_at is not None
    deliver()
    assert Delivery.objects.get().attempts == relay.LINE.tries


def test_mail_that_cannot_be_sent_is_noted_and_keeps_no_other_waiting(cast, now, settings):
    settings.EMAIL_BACKEND = "tests.config.test_tasks.no_such_backend"
    for user in (cast.ade, cast.bea):
        notify_user(user, kind="offer_received", link="/offers/1/", at=now)
    run(WORK_OFF, "mail")
    mails = Message.objects.filter(channel="email")
    assert [(mail.attempts, mail.status, bool(mail.error)) for mail in mails] == [(1, "queued", True)] * 2


def test_an_upload_whose_file_is_gone_is_noted_and_keeps_no_other_waiting(case, now):
    for number in (1, 2):
        Upload.objects.create(**case.matter.columns, number=number, received_on=now.date(), next_try_at=now)
    run(WORK_OFF, "uploads")
    found = Upload.objects.values_list("attempts", "error")
    assert list(found) == [(1, "FileNotFoundError")] * 2


def test_a_draft_that_cannot_be_opened_keeps_no_other_from_being_compared(make_draft, tamper):
    broken, whole = make_draft(), make_draft()
    tamper(KEY, broken.matter_id)
    run(WORK_OFF, "names")
    waiting = Intake.objects.filter(next_try_at__isnull=False)
    assert [draft.pk for draft in waiting] == [broken.pk]
    assert Party.objects.filter(matter_id=whole.matter_id).exists()


def test_a_case_that_cannot_be_opened_keeps_no_other_from_being_screened(make_case, tamper, caplog):
    broken, _whole = make_case(), make_case()
    tamper(KEY, broken.matter_id)
    for night in (1, 2):  # an office's first goes to its own run
        run("cases.tasks.rescreen_open_cases")
        run(WORK_OFF, "rules")
        failed = [line for line in caplog.messages if line.startswith("rescreen failed")]
        assert len(failed) == night
        assert str(broken.pk) in failed[-1]
    assert RulesRun.objects.filter(finished_at=None).count() == 0
    assert [case.pk for case in Case.objects.exclude(rules_failed_at=None)] == [broken.pk]
    assert Event.objects.filter(name="cases.rules_failed").count() == 1


def test_a_check_that_cannot_be_opened_keeps_no_other_from_its_answer(make_draft, tamper):
    broken, whole = make_draft(), make_draft()
    run(WORK_OFF, "names")
    tamper(KEY, broken.matter_id)
    run("conflicts.names.sweep")
    pending = ConflictCheck.objects.filter(status="pending")
    assert {check.matter_id for check in pending} == {broken.matter_id}
    assert ConflictCheck.objects.filter(matter_id=whole.matter_id).exists()
    assert not NameSearch.objects.exists()

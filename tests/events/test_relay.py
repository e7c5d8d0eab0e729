"""The outbox, on a real PostgreSQL with real connections."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from foundation.accounts.models import Office
from foundation.database.principal import acting_as, system
from foundation.events import relay
from foundation.events.ledger import _handlers, _listeners, on, record
from foundation.events.models import Delivery
from tests.support.relay import deliver_due

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def office():
    return Office.objects.create(slug="relay", name="Relay")


@pytest.fixture(autouse=True)
def listed(listed_events):
    listed_events("test.happened", "test.poisoned")


@pytest.fixture
def heard():
    """Two test handlers: one notes what it hears, one always fails."""
    heard = []

    @on("test.happened", key="test.hear")
    def hear(event):
        heard.append(event.pk)

    @on("test.poisoned", key="test.fail")
    def fail(event):
        raise ValueError("a name that must not be kept")

    yield heard
    for key in ("test.hear", "test.fail"):
        _handlers.pop(key)
    for name in ("test.happened", "test.poisoned"):
        _listeners.pop(name)


def announce(name, office, times=1):
    with transaction.atomic():
        return [record(name, office, by="system:test") for _ in range(times)]


def test_a_delivery_is_carried_once(office, heard):
    announce("test.happened", office)
    assert deliver_due() == 1
    assert deliver_due() == 0
    assert len(heard) == 1


def test_two_workers_share_the_work_and_repeat_nothing(office, heard):
    events = announce("test.happened", office, times=40)

    def work():
        with acting_as(system("test")):
            deliver_due()
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(heard) == sorted(event.pk for event in events)


def test_a_poison_delivery_at_the_head_does_not_hold_up_the_rest(office, heard):
    announce("test.poisoned", office)
    announce("test.happened", office)
    deliver_due()
    assert len(heard) == 1
    poison = Delivery.objects.get(handler="test.fail")
    assert poison.done_at is None
    assert poison.error == "ValueError"
    assert poison.next_try_at > timezone.now()


def test_the_wait_doubles_with_each_attempt():
    line = replace(relay.LINE, lease=timedelta(seconds=10))
    assert [line.wait(n) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (10, 20, 40)]
    assert line.wait(30) == timedelta(hours=1)


def test_after_eight_tries_it_is_stuck_and_a_person_can_retry(office, heard):
    announce("test.poisoned", office)
    for _ in range(relay.LINE.tries):
        Delivery.objects.update(next_try_at=timezone.now())
        deliver_due()
    stuck = Delivery.objects.get()
    assert stuck.stuck_at is not None
    assert deliver_due() == 0
    assert relay.LINE.retry(stuck, at=timezone.now())
    assert deliver_due() == 1


def test_a_claim_that_was_never_finished_is_delivered_after_its_lease(office, heard):
    announce("test.happened", office)
    claimed = relay.LINE.claim(at=timezone.now())  # and then the worker dies
    assert deliver_due() == 0
    Delivery.objects.filter(pk=claimed.pk).update(next_try_at=timezone.now())
    assert deliver_due() == 1
    assert len(heard) == 1


def test_a_worker_whose_lease_ran_out_does_not_run_the_handler_again(office, heard):
    announce("test.happened", office)
    slow = relay.LINE.claim(at=timezone.now())
    Delivery.objects.update(next_try_at=timezone.now())
    deliver_due()
    relay.LINE.run(slow)
    assert len(heard) == 1


def test_a_handler_that_fails_leaves_none_of_its_changes(office, heard):
    @on("test.poisoned", key="test.fail")
    def half_done(event):
        Office.objects.update(name="changed")
        raise ValueError

    announce("test.poisoned", office)
    deliver_due()
    office.refresh_from_db()
    assert office.name == "Relay"

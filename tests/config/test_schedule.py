"""The schedule goes on where the clock was set back, and workers find a broker that came back at once."""

from datetime import timedelta

import pytest
from kombu.exceptions import OperationalError

from config.beat import Scheduler
from config.celery import Broker, Prompt, app


@pytest.fixture
def scheduler(tmp_path, monkeypatch):
    """The real schedule, of which the tasks that would be sent are only noted."""
    scheduler = Scheduler(app=app, schedule_filename=str(tmp_path / "schedule"))
    sent = []
    monkeypatch.setattr(scheduler, "apply_entry", lambda entry, producer=None: sent.append(entry.name))
    yield scheduler, sent
    scheduler.close()


def later(scheduler, by):
    """Have every task last sent so much later than now."""
    for entry in scheduler.schedule.values():
        entry.last_run_at = entry.default_now() + by


def test_after_the_clock_was_set_back_nothing_waits_for_the_hour_to_pass(scheduler):
    schedule, _sent = scheduler
    later(schedule, timedelta(hours=1))
    wait = schedule.tick()
    now = next(iter(schedule.schedule.values())).default_now()
    assert all(entry.last_run_at <= now for entry in schedule.schedule.values())
    assert wait <= 6  # the names' sweep comes each five seconds


def test_what_is_due_is_sent(scheduler):
    schedule, sent = scheduler
    later(schedule, timedelta(minutes=-10))
    schedule.tick()
    assert len(sent) == 1


def test_a_broker_that_is_away_is_tried_each_second():
    waits = []
    with pytest.raises(OperationalError):
        Prompt("redis+socket:///nowhere/valkey.sock").ensure_connection(
            lambda error, wait: waits.append(wait), 2
        )
    assert waits[:2] == [1, 1]


def test_it_is_what_workers_connect_with():
    assert app.amqp_cls == "config.celery:Broker" and Broker.Connection is Prompt
    assert isinstance(app.connection_for_read(), Prompt)
    assert app.conf.broker_connection_max_retries is None

"""What every line of due work promises, tried on every line that is registered."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from config.middleware import principal_of
from foundation.database.principal import acting_as, bound_principal, system
from foundation.devstack.template import url_of
from foundation.events.models import Event
from foundation.events.stuck import NotStuck, give_up_work, retry_all_work, retry_work
from foundation.files.sandbox import ROOT
from foundation.work.line import DIED, lines
from foundation.work.models import Due
from tests.abuse.test_rows import As
from tests.work.rows import MAKERS


def finishing(line, note=lambda pk: None, *, bad=()):
    """Return the line with work of the test's own: it notes each row and fails at the bad ones."""

    def work(row):
        note(row.pk)
        if row.pk in bad:
            raise ValueError("a name that must not be kept")

    def keep(row, _result):
        if line.given_up:  # what has a status leaves the line together with it
            line.given_up(row, by="system:test", at=timezone.now())

    return replace(line, work=work, keep=keep)


def row_of(line, pk):
    return line.model._base_manager.get(pk=pk)


def due_again(line):
    line.waiting().update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_every_model_in_line_has_a_line_a_maker_and_its_indexes():
    known = {line.model for line in lines()}
    assert known == {model for model in apps.get_models() if issubclass(model, Due)}
    assert set(MAKERS) == {line.key for line in lines()}
    for model in known:
        names = {index.name.rpartition("_")[2] for index in model._meta.indexes}
        assert {"due", "stuck"} <= names, model


def test_what_was_put_in_line_while_the_clock_ran_ahead_is_due_once_it_is_set_right(line, due):
    (pk,), now = due(), timezone.now()
    for tries in (0, 1, 2):
        far = now + timedelta(hours=1) + (line.wait(tries) if tries else timedelta())
        line.waiting().filter(pk=pk).update(attempts=tries, next_try_at=far)
        assert line.mend_clock(at=now) == 1
        assert row_of(line, pk).next_try_at == now and line.due(now).filter(pk=pk).exists()


def test_a_claim_waits_for_the_disk_where_its_work_reaches_outside(line, due):
    due()
    with acting_as(system("test")), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        assert line.claim(at=timezone.now())
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on" if line.work else "off",)


def test_a_row_that_is_being_worked_on_keeps_its_lease(line, due):
    now = timezone.now()
    due()
    row = line.claim(at=now)
    lease = row.next_try_at
    assert line.mend_clock(at=now) == 0 and row_of(line, row.pk).next_try_at == lease


def test_each_row_is_done_once_in_its_turn_and_between_transactions(line, due):
    keys, done = due(3), []

    def noted(pk):
        assert not connection.in_atomic_block
        assert bound_principal() == system(line.key)
        done.append(pk)

    assert finishing(line, noted).work_off() == 3
    assert finishing(line, noted).work_off() == 0
    assert done == keys
    assert not line.waiting().exists()


def test_two_workers_share_the_rows_and_repeat_none(line, due):
    keys, done = due(8), []

    def noted(pk):
        done.append(pk)
        time.sleep(0.02)

    def worker():
        finishing(line, noted).work_off()
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done, key=str) == sorted(keys, key=str)


def test_a_poison_row_at_the_head_holds_up_no_other_and_is_stuck_at_last(line, due):
    keys, done = due(3), []
    poison = finishing(line, done.append, bad=keys[:1])
    before = timezone.now()
    assert poison.work_off() == 3
    assert list(line.waiting().values_list("pk", flat=True)) == keys[:1]
    row = row_of(line, keys[0])
    assert (row.attempts, row.error, row.stuck_at) == (1, "ValueError", None)
    assert before + line.lease <= row.next_try_at < before + 2 * line.lease
    for attempt in range(2, line.tries + 1):
        due_again(line)
        poison.work_off()
        row = row_of(line, keys[0])
        assert (row.attempts, bool(row.stuck_at)) == (attempt, attempt == line.tries)
    line.model._base_manager.filter(pk=row.pk).update(next_try_at=before)
    assert poison.work_off() == 0
    assert done.count(keys[0]) == line.tries


KILLED = """
import django; django.setup()
import os, signal
from dataclasses import replace
from foundation.vault.keys import opening_keys
from foundation.work.line import lines
def die(row, result):
    type(row)._base_manager.filter(pk=row.pk).update(error="half done")
    os.kill(os.getpid(), signal.SIGKILL)
for line in lines():
    worker = os.fork()
    if not worker:
        with opening_keys():
            replace(line, work=None, keep=die).work_off()
        os._exit(1)
    assert os.waitpid(worker, 0)[1] == signal.SIGKILL, line.key
"""


def test_a_killed_worker_leaves_nothing_and_its_row_comes_back_after_its_lease(cast, now, db):
    """kill -9 of a worker of each line, in the middle of the transaction that keeps."""
    for line in lines():
        MAKERS[line.key](cast, now)
    env = {**os.environ, "DATABASE_URL": url_of(db)}
    subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=env, check=True)
    # Deliveries first: the work of another line may owe some.
    for line in sorted(lines(), key=lambda one: one.key != "deliveries"):
        (row,), done = line.waiting(), []
        assert (row.attempts, row.error) == (1, ""), line.key
        assert finishing(line, done.append).work_off() == 0  # its lease still runs
        due_again(line)
        assert finishing(line, done.append).work_off() == 1
        assert done == [row.pk]


def test_what_kills_every_worker_is_stuck_and_kills_no_more(line, due):
    keys, done = due(2), []
    line.model._base_manager.filter(pk=keys[0]).update(attempts=line.tries)
    assert finishing(line, done.append).work_off() == 1
    row = row_of(line, keys[0])
    assert (row.error, bool(row.stuck_at)) == (DIED, True)
    assert done == keys[1:]


def test_whoever_comes_late_changes_nothing(line, due):
    due()
    done = []
    slow = line.claim(at=timezone.now())
    due_again(line)
    finishing(line, done.append).work_off()
    after = row_of(line, slow.pk)
    late = finishing(line, bad=[slow.pk])
    with acting_as(system("late")):
        late.run(slow)
        finishing(line).run(slow)
    again = row_of(line, slow.pk)
    assert [getattr(again, f.attname) for f in Due._meta.fields] == [
        getattr(after, f.attname) for f in Due._meta.fields
    ]


def test_an_administrator_retries_or_gives_up_what_is_stuck_on_record(line, due, cast, now):
    keys = due(3)
    line.waiting().update(stuck_at=now, attempts=line.tries, error="ValueError")
    first, second, third = (row_of(line, pk) for pk in keys)
    by = {"by": cast.ines, "at": now}
    with As(principal_of(cast.ines)):
        retry_work(first, line=line, **by)
        with pytest.raises(NotStuck):
            retry_work(first, line=line, **by)
        give_up_work(second, line=line, why="not_needed", **by)
        with pytest.raises(NotStuck):
            give_up_work(second, line=line, why="not_needed", **by)
        assert retry_all_work(line=line, office_id=cast.office.pk, **by) == 1
    assert set(line.due(now).values_list("pk", flat=True)) == {first.pk, third.pk}
    assert row_of(line, first.pk).attempts == 0
    given_up = row_of(line, second.pk)
    assert (given_up.next_try_at, given_up.stuck_at) == (None, None)
    event = Event.objects.get(name="work.given_up")
    assert (event.subject_id, event.data) == (str(second.pk), {"line": line.key, "why": "not_needed"})
    assert event.actor == f"user:{cast.ines.pk}"
    assert Event.objects.filter(name="work.retried").count() == 2

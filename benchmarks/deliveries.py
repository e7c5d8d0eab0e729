"""How soon an event is handled after its commit, and how many are in a second: one worker of two processes.

The handler writes one row; commits are durable. The worker is started as `python -m benchmarks.deliveries`,
with that handler.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from foundation.house import ROOT

EVENT, KEY = "notifications.mails_chosen", "benchmarks.write-a-row"  # nobody else listens to it
IDLE, PACE, WORSE = 0.250, 300, 1.3  # what is asked: seconds at p95, deliveries a second, with rows behind
EACH, AT_ONCE = 5, 50_000  # finished deliveries of one event; events written in one transaction
PATIENCE = 120.0  # seconds after which a worker that does nothing is one that died
TABLE = """
CREATE TABLE IF NOT EXISTS bench_written (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event uuid);
GRANT INSERT ON bench_written TO PUBLIC
"""
EVENTS = """
WITH made AS (
  INSERT INTO events_event (id, name, subject_type, subject_id, actor, data, at)
  SELECT gen_random_uuid(), %(event)s, 'bench', '', 'system:bench', '{}', now()
    FROM generate_series(1, %(events)s)
  RETURNING id
) INSERT INTO events_delivery (event_id, handler, attempts, next_try_at, done_at, error)
  SELECT id, %(handler)s || n, %(done)s::int, CASE WHEN %(done)s THEN NULL ELSE now() END,
         CASE WHEN %(done)s THEN now() END, ''
    FROM made, generate_series(1, %(each)s) n
"""


@dataclass(frozen=True)
class Figure:
    """With so many finished rows behind: milliseconds from commit to handled when idle; how many a second."""

    behind: int
    p50_ms: float
    p95_ms: float
    a_second: float
    fsync: str
    load: float


def measure(url: str, *, behind: int, count: int, singles: int, seconds: float) -> Iterator[Figure]:
    """Measure with what is there, and again with `behind` finished rows, or as many as `seconds` allow."""
    with psycopg.connect(url, autocommit=True) as owner, worker():
        for statement in TABLE.split(";"):
            owner.execute(statement.encode())
        for _warming in range(5):
            _single(owner)
        yield _figure(owner, 0, count, singles)
        if made := fill(owner, behind, seconds=seconds):
            yield _figure(owner, made, count, singles)


def fill(owner: psycopg.Connection, behind: int, *, seconds: float) -> int:
    """Write finished deliveries, and return how many were made before the time was over."""
    made, until = 0, time.monotonic() + seconds
    while made < behind and time.monotonic() < until:
        some = min(AT_ONCE, -(-(behind - made) // EACH))
        write(owner, some, done=True)
        made += some * EACH
    owner.execute("VACUUM ANALYZE events_delivery, events_event")
    return made


def write(owner: psycopg.Connection, events: int, *, done: bool) -> None:
    """Write events: with a delivery each that is due now, or with several that are finished."""
    values = {"event": EVENT, "handler": KEY, "events": events, "done": done, "each": EACH if done else 1}
    owner.execute(EVENTS, values)


def missed(figures: list[Figure]) -> list[str]:
    """Return what is asked and not kept."""
    first, last = figures[0], figures[-1]
    slow = [f"p95 {first.p95_ms} ms"] * (first.p95_ms > IDLE * 1000)
    few = [f"{first.a_second} a second"] * (first.a_second < PACE)
    grew = last.p95_ms > first.p95_ms * WORSE or last.a_second * WORSE < first.a_second
    return slow + few + [f"with {last.behind} behind: {last.p95_ms} ms, {last.a_second} a second"] * grew


def _figure(owner: psycopg.Connection, behind: int, count: int, singles: int) -> Figure:
    idle = sorted(_single(owner) for _n in range(singles))
    p95 = idle[min(len(idle) - 1, int(len(idle) * 0.95))]
    row = owner.execute("SHOW fsync").fetchone()
    pace = _pace(owner, count)
    times = (round(statistics.median(idle) * 1000, 1), round(p95 * 1000, 1))
    return Figure(behind, *times, round(pace), str(row[0]) if row else "", round(os.getloadavg()[0], 1))


def _single(owner: psycopg.Connection) -> float:
    """Return the seconds from one event's commit to its row, the worker idle before."""
    before = _last(owner)
    time.sleep(0.05)
    write(owner, 1, done=False)
    return _until(owner, before, 1, every=0.001)


def _pace(owner: psycopg.Connection, count: int) -> float:
    """Return how many deliveries a second the two processes carry."""
    before = _last(owner)
    write(owner, count, done=False)
    return count / _until(owner, before, count, every=0.05)


def _until(owner: psycopg.Connection, before: int, count: int, *, every: float) -> float:
    """Nudge both processes and return the seconds until so many rows are there. Raises TimeoutError."""
    began = time.perf_counter()
    for _process in range(min(2, count)):
        _nudge()
    while (row := owner.execute("SELECT count(*) FROM bench_written WHERE n > %s", [before]).fetchone()) and (
        row[0] < count
    ):
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError(f"{row[0]} of {count} handled")
        time.sleep(every)
    return time.perf_counter() - began


def _last(owner: psycopg.Connection) -> int:
    row = owner.execute("SELECT coalesce(max(n), 0) FROM bench_written").fetchone()
    return int(row[0]) if row else 0


def _nudge() -> None:
    # Here: Django's settings are there only when it is called.
    from celery import current_app

    current_app.send_task("foundation.work.tasks.work_off", args=("deliveries",), ignore_result=True)


@contextmanager
def worker() -> Iterator[None]:
    """Run one worker of two processes, with the handler that writes one row."""
    environment = {**os.environ, "INTAKE_LOGIN": "worker", "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "benchmarks.deliveries"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def serve() -> None:
    """Be that worker."""
    # Here: see _nudge().
    import django

    django.setup()
    # Only after setup.
    from django.db import connection

    # Likewise.
    from config.celery import app
    from foundation.events.ledger import on
    from foundation.events.models import Event

    @on(EVENT, key=f"{KEY}1")
    def write_a_row(event: Event) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_written (event) VALUES (%s)", [event.id])

    app.worker_main(["--quiet", "worker", "--concurrency", "2", "--loglevel", "warning"])


if __name__ == "__main__":
    serve()

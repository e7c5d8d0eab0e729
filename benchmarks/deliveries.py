"""How soon an event is handled after its commit, and how many are in a second: one worker of two processes.

The handler writes one row. The worker is started as `python -m benchmarks.deliveries`, with that handler.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

EVENT, KEY = "notifications.mails_chosen", "benchmarks.write-a-row"  # nobody else listens to it
IDLE, PACE, WORSE = 0.250, 300, 1.3  # what is asked: seconds at p95, deliveries a second, with rows behind
ROOT = Path(__file__).resolve().parents[1]
TABLE = """
CREATE TABLE IF NOT EXISTS bench_written (event uuid, at timestamptz DEFAULT clock_timestamp());
TRUNCATE bench_written; GRANT INSERT ON bench_written TO PUBLIC
"""
EVENTS = """
WITH made AS (
  INSERT INTO events_event (id, name, subject_type, subject_id, actor, data, at)
  SELECT gen_random_uuid(), %s, 'bench', '', 'system:bench', '{}', now() FROM generate_series(1, %s)
  RETURNING id
) INSERT INTO events_delivery (event_id, handler, attempts, next_try_at, done_at, error)
  SELECT id, %s, %s, CASE WHEN %s THEN NULL ELSE now() END, CASE WHEN %s THEN now() END, '' FROM made
"""


@dataclass(frozen=True)
class Figure:
    """With so many finished rows behind: milliseconds from commit to handled when idle; how many a second."""

    behind: int
    p50_ms: float
    p95_ms: float
    a_second: float
    fsync: str


def measure(url: str, *, behind: int, count: int, singles: int) -> Iterator[Figure]:
    """Measure with what is there, and again with `behind` finished rows more."""
    with psycopg.connect(url, autocommit=True) as owner, worker():
        for statement in TABLE.split(";"):
            owner.execute(statement.encode())
        yield _figure(owner, 0, count, singles)
        if behind:
            for start in range(0, behind, 500_000):
                write(owner, min(500_000, behind - start), done=True)
            owner.execute("VACUUM ANALYZE events_delivery, events_event")
            yield _figure(owner, behind, count, singles)


def missed(figures: list[Figure]) -> list[str]:
    """Return what is asked and not kept."""
    first, last = figures[0], figures[-1]
    slow = [f"p95 {first.p95_ms} ms"] * (first.p95_ms > IDLE * 1000)
    few = [f"{first.a_second} a second"] * (first.a_second < PACE)
    grew = last.p95_ms > first.p95_ms * WORSE or last.a_second * WORSE < first.a_second
    return slow + few + [f"with {last.behind} behind: {last.p95_ms} ms, {last.a_second} a second"] * grew


def write(owner: psycopg.Connection, count: int, *, done: bool) -> None:
    """Write events with a delivery each, due now or finished."""
    owner.execute(EVENTS, [EVENT, count, KEY, int(done), done, done])


def _figure(owner: psycopg.Connection, behind: int, count: int, singles: int) -> Figure:
    idle = sorted(_single(owner) for _n in range(singles))
    p95 = idle[min(len(idle) - 1, int(len(idle) * 0.95))]
    row = owner.execute("SHOW fsync").fetchone()
    pace = _pace(owner, count)
    times = (round(statistics.median(idle) * 1000, 1), round(p95 * 1000, 1))
    return Figure(behind, *times, round(pace), str(row[0]) if row else "")


def _single(owner: psycopg.Connection) -> float:
    """Return the seconds from one event's commit to its row, the worker idle before."""
    written = _written(owner)
    time.sleep(0.05)
    write(owner, 1, done=False)
    began = time.perf_counter()
    _nudge()
    while _written(owner) == written:
        time.sleep(0.001)
    return time.perf_counter() - began


def _pace(owner: psycopg.Connection, count: int) -> float:
    """Return how many deliveries a second the two processes carry."""
    written = _written(owner)
    write(owner, count, done=False)
    began = time.perf_counter()
    for _process in range(2):
        _nudge()
    while _written(owner) < written + count:
        time.sleep(0.05)
    return count / (time.perf_counter() - began)


def _written(owner: psycopg.Connection) -> int:
    row = owner.execute("SELECT count(*) FROM bench_written").fetchone()
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
        process.wait(30)


def serve() -> None:
    """Be that worker."""
    # Here: see _nudge().
    import django

    django.setup()
    # Only after setup.
    from django.db import connection

    from config.celery import app
    from foundation.events.ledger import on
    from foundation.events.models import Event

    @on(EVENT, key=KEY)
    def write_a_row(event: Event) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_written (event) VALUES (%s)", [event.id])

    app.worker_main(["--quiet", "worker", "--concurrency", "2", "--loglevel", "warning"])


if __name__ == "__main__":
    serve()

"""How long signing and verifying a large ledger takes."""

import resource
import time
from dataclasses import dataclass

import psycopg
from django.utils import timezone

from foundation.events import checkpoints

ASKED = 15.0  # seconds to verify 1,000,000 rows


@dataclass(frozen=True)
class Figure:
    """Seconds for `rows` rows in so many batches: writing, signing and verifying them; memory in MB."""

    rows: int
    batches: int
    written: float
    sealed: float
    verified: float
    memory: int
    problems: int


def fill(url: str, rows: int, *, batch: int = 10_000) -> float:
    """Write access records as a busy office would have over the years, in many transactions."""
    began = time.perf_counter()
    with psycopg.connect(url, autocommit=True) as connection:
        for start in range(0, rows, batch):
            connection.execute(
                "INSERT INTO events_accessrecord (at, action, actor, role, office_id, file_id, subject_type,"
                ' subject_id, "group", fields, count, purpose, request_id)'
                " SELECT now(), 'opened', 'user:' || n %% 40, 'caseworker', 1, gen_random_uuid(),"
                " 'intake.Applicant', gen_random_uuid()::text, 'identity', 'family_name given_names', 1,"
                " 'case page', gen_random_uuid()::text FROM generate_series(1, %s) n",
                [min(batch, rows - start)],
            )
            checkpoints.checkpoint_all(at=timezone.now())
    return time.perf_counter() - began


def measure(url: str, rows: int, *, batch: int = 10_000) -> Figure:
    """Fill, checkpoint and verify; `batch` is how many rows come between two checkpoints."""
    written = fill(url, rows, batch=batch)
    began = time.perf_counter()
    while checkpoints.checkpoint_all(at=timezone.now()):
        pass
    sealed = time.perf_counter() - began
    began = time.perf_counter()
    report = checkpoints.verify()
    verified = time.perf_counter() - began
    times = (round(written, 1), round(sealed, 1), round(verified, 1))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Figure(report.rows, report.checkpoints, *times, most, len(report.problems))

"""How long signing and verifying a large ledger takes."""

import time
from dataclasses import dataclass

import psycopg
from django.utils import timezone

from foundation.events import checkpoints


@dataclass(frozen=True)
class Figure:
    """Seconds for `rows` rows: writing them, signing them, verifying them."""

    rows: int
    written: float
    sealed: float
    verified: float
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


def measure(url: str, rows: int) -> Figure:
    """Fill, checkpoint and verify."""
    written = fill(url, rows)
    began = time.perf_counter()
    while checkpoints.checkpoint_all(at=timezone.now()):
        pass
    sealed = time.perf_counter() - began
    began = time.perf_counter()
    report = checkpoints.verify()
    verified = time.perf_counter() - began
    return Figure(report.rows, round(written, 1), round(sealed, 1), round(verified, 1), len(report.problems))

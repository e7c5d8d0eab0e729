"""What the worker is asked to do: work on one line, and look through all of them."""

import logging
import time

from celery import shared_task
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from foundation.work.line import Line, line_of, lines
from foundation.work.models import Due
from foundation.work.nudging import WORK_OFF, wake

log = logging.getLogger(__name__)
SECONDS, MOST = 60, 200  # how long, and how many rows, before the others have their turn


@shared_task(name=WORK_OFF)
def work_off(key: str) -> None:
    """Work on what is due in a line, not for long: the others wait for the same workers."""
    try:
        line = line_of(key)
    except KeyError:
        log.error("no such line key=%s", key)
        return
    if line.alone and not cache.add(busy(line), 1, timeout=SECONDS + line.lease.total_seconds()):
        return  # the other one comes to it
    until = time.monotonic() + SECONDS
    try:
        claimed = line.work_off(limit=MOST, seconds=SECONDS)
    finally:
        if line.alone:
            cache.delete(busy(line))
    # Else it ended because nothing was due; of one that was alone, a nudge may have gone by meanwhile.
    if line.alone or claimed >= MOST or time.monotonic() >= until:
        _wake_if_due(line)


@shared_task(name="foundation.work.tasks.sweep")
def sweep() -> None:
    """Wake every line in which something is due: a nudge may have been lost, a lease may be over.

    What was put off while the clock ran ahead is due too, or it would wait for the clock to come there again.
    """
    for line in lines():
        line.mend_clock(at=timezone.now())
        _wake_if_due(line)


def busy(line: Line[Due]) -> str:
    return f"work:{line.key}"


@transaction.atomic
def _wake_if_due(line: Line[Due]) -> None:
    if line.due(timezone.now()).exists():
        wake(line.key)

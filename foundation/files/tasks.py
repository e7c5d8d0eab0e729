from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from foundation.events.ledger import nudge
from foundation.files import actions, uploads

BUSY, BUSY_SECONDS = "files:rebuilding", 150


@shared_task(name=uploads.TASK)
def rebuild_due() -> None:
    """Rebuild what is due. One task at a time, and not for long: cases and mail wait for the same workers."""
    if not cache.add(BUSY, 1, timeout=BUSY_SECONDS):
        return  # the other one comes to it
    try:
        more = uploads.rebuild_due()
    finally:
        cache.delete(BUSY)
    if more:
        nudge(uploads.TASK)


@shared_task(name="foundation.files.tasks.sweep_incoming")
def sweep_incoming() -> None:
    actions.sweep_incoming(at=timezone.now())

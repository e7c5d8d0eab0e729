"""What the worker does for whoever runs this, and the signs it gives that it is there."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.utils import timezone

from operations import doctor, retention
from operations.deletions import file_of_deletions, write_deletions
from operations.signs import tell

SIGN_SECONDS = 20


@shared_task(name="operations.tasks.look")
def look() -> None:
    """Look at what only a job may see, and keep it for the health pages."""
    doctor.look(at=timezone.now())


@shared_task(name="operations.tasks.keep_deletions")
def keep_deletions() -> None:
    """Write what people had deleted into the file outside the database."""
    write_deletions(file_of_deletions(), since=timezone.now() - timedelta(days=1))


@shared_task(name="operations.tasks.sweep_kept")
def sweep_kept() -> None:
    """Let go of what was kept for as long as it had to be."""
    retention.sweep(at=timezone.now())


@worker_ready.connect
def say_alive(sender: Any = None, **_kwargs: Any) -> None:
    """Say now and every few seconds that this process is there, whatever it works on."""
    if settings.LOGIN not in ("worker", "names") or sender is None:
        return
    tell(settings.LOGIN)
    sender.timer.call_repeatedly(SIGN_SECONDS, tell, (settings.LOGIN,))

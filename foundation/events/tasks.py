from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.events import checkpoints


@shared_task(name="foundation.events.tasks.checkpoint_ledger")
def checkpoint_ledger() -> None:
    """Checkpoint what is ready, and keep the newest checkpoints in a file outside the database."""
    if checkpoints.checkpoint_all(at=timezone.now()):
        with transaction.atomic():
            checkpoints.write_anchors(settings.LEDGER_ANCHORS)

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.events import sealing


@shared_task(name="foundation.events.tasks.seal_ledger")
def seal_ledger() -> None:
    """Seal what is ready, and keep the newest seals in a file outside the database."""
    if sealing.seal_all(at=timezone.now()):
        with transaction.atomic():
            sealing.write_anchors(settings.LEDGER_ANCHORS)

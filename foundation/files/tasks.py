from celery import shared_task
from django.utils import timezone

from foundation.files import actions


@shared_task(name="foundation.files.tasks.sweep_incoming")
def sweep_incoming() -> None:
    actions.sweep_incoming(at=timezone.now())

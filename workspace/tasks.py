from celery import shared_task
from django.utils import timezone

from workspace.queue import telling


@shared_task(name="workspace.tasks.tell_of_lists")
def tell_of_lists() -> None:
    """Tell whoever asked for it that new cases came into a saved list."""
    telling.tell_of_lists(at=timezone.now())

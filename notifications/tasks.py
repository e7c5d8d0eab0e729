from celery import shared_task
from django.utils import timezone

from notifications import digests


@shared_task(name="notifications.tasks.write_digests")
def write_digests() -> None:
    """Write the digests of the day and the week that are due by each colleague's own clock."""
    digests.write_digests(at=timezone.now())

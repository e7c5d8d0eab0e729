from celery import shared_task
from django.utils import timezone

from evidence import sentinel
from evidence.capture import fetcher


@shared_task(name="evidence.tasks.check_links")
def check_links() -> None:
    sentinel.check_links(fetcher(), at=timezone.now())
    sentinel.check_editions(at=timezone.now())

from celery import shared_task
from django.utils import timezone

from evidence import capture, sentinel
from evidence.clients.fetch import SafeFetcher


@shared_task(name="evidence.tasks.fetch_waiting_links")
def fetch_waiting_links() -> None:
    capture.fetch_waiting(SafeFetcher(), at=timezone.now())


@shared_task(name="evidence.tasks.check_links")
def check_links() -> None:
    sentinel.check_links(SafeFetcher(), at=timezone.now())
    sentinel.check_editions(at=timezone.now())

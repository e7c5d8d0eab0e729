from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from evidence import capture, recognition, sentinel
from evidence.clients.fetch import Fetcher


def fetcher() -> Fetcher:
    client: Fetcher = import_string(settings.EVIDENCE_FETCHER)()
    return client


@shared_task(name="evidence.tasks.fetch_waiting_links")
def fetch_waiting_links() -> None:
    capture.fetch_waiting(fetcher(), at=timezone.now())


@shared_task(name="evidence.tasks.check_links")
def check_links() -> None:
    sentinel.check_links(fetcher(), at=timezone.now())
    sentinel.check_editions(at=timezone.now())


@shared_task(name="evidence.tasks.recognize_waiting")
def recognize_waiting() -> None:
    recognition.recognize_waiting(at=timezone.now())

from celery import shared_task
from django.utils import timezone

from foundation.accounts import office_changes


@shared_task(name="foundation.accounts.tasks.apply_office_changes")
def apply_office_changes() -> None:
    office_changes.apply_due_changes(at=timezone.now())

from celery import shared_task
from django.utils import timezone

from intake import actions


@shared_task(name="intake.tasks.delete_expired_drafts")
def delete_expired_drafts() -> None:
    actions.delete_expired_drafts(at=timezone.now())

from celery import shared_task
from django.utils import timezone

from intake import actions
from intake.asked import remind_of_papers as remind


@shared_task(name="intake.tasks.delete_expired_drafts")
def delete_expired_drafts() -> None:
    actions.delete_expired_drafts(at=timezone.now())


@shared_task(name="intake.tasks.alert_urgent_drafts")
def alert_urgent_drafts() -> None:
    actions.alert_urgent_drafts(at=timezone.now())


@shared_task(name="intake.tasks.remind_of_papers")
def remind_of_papers() -> None:
    remind(at=timezone.now())

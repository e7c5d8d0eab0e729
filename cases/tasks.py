from celery import shared_task
from django.utils import timezone

from cases import actions


@shared_task(name="cases.tasks.remind_of_deadlines")
def remind_of_deadlines() -> None:
    actions.remind_of_deadlines(at=timezone.now())

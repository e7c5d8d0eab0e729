from celery import shared_task
from django.utils import timezone

from cases import actions


@shared_task(name="cases.tasks.remind_of_deadlines")
def remind_of_deadlines() -> None:
    actions.remind_of_deadlines(at=timezone.now())


@shared_task(name="cases.tasks.remind_of_looks")
def remind_of_looks() -> None:
    actions.remind_of_looks(at=timezone.now())


@shared_task(name="cases.tasks.rescreen_open_cases")
def rescreen_open_cases() -> None:
    """Screen every open case again, after midnight in every state."""
    actions.rescreen_open_cases(at=timezone.now())

from celery import shared_task
from django.utils import timezone

from casework import reminding


@shared_task(name="casework.tasks.remind")
def remind() -> None:
    """Tell of hearings and appointments what is due today; each step once, however often this runs."""
    now = timezone.now()
    reminding.remind_of_hearings(at=now)
    reminding.remind_of_appointments(at=now)

from celery import shared_task
from django.utils import timezone

from casework import idling, reminding


@shared_task(name="casework.tasks.remind")
def remind() -> None:
    """Tell what is due today of hearings and appointments, and of what does not happen; each step once."""
    now = timezone.now()
    reminding.remind_of_hearings(at=now)
    reminding.remind_of_appointments(at=now)
    idling.remind_of_tasks(at=now)
    idling.remind_of_idle(at=now)
    idling.remind_of_silence(at=now)

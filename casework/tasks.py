from celery import shared_task
from django.utils import timezone

from casework import idling, reminding
from casework.actions import offer_late_again


@shared_task(name="casework.tasks.remind")
def remind() -> None:
    """Tell what is due today of hearings and appointments, and of what does not happen; each step once."""
    now = timezone.now()
    reminding.remind_of_hearings(at=now)
    reminding.remind_of_appointments(at=now)
    idling.remind_of_tasks(at=now)
    idling.remind_of_idle(at=now)
    idling.remind_of_silence(at=now)


@shared_task(name="casework.tasks.offer_late_again")
def offer_small_tasks_again() -> None:
    """Offer again the small tasks whose time is over."""
    offer_late_again(at=timezone.now())

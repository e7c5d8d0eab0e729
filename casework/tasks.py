from celery import shared_task
from django.utils import timezone

from casework import reminding
from casework.actions import offer_late_again


@shared_task(name="casework.tasks.remind")
def remind() -> None:
    """Tell of hearings and appointments what is due today; each step once, however often this runs."""
    now = timezone.now()
    reminding.remind_of_hearings(at=now)
    reminding.remind_of_appointments(at=now)


@shared_task(name="casework.tasks.offer_late_again")
def offer_small_tasks_again() -> None:
    """Offer again the small tasks whose time is over."""
    offer_late_again(at=timezone.now())

"""What the names worker is told. A message carries the id of a row, never a name."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from conflicts import actions
from conflicts.worker import names
from foundation.accounts.models import Office
from foundation.database.principal import NAMES_WORKER, acting_as
from foundation.vault.keys import opening_keys

# Runs in the names worker, as the one that may read every party and little else (config/tasks.py).
OF_NAMES: dict[str, Any] = {"principal": NAMES_WORKER}


@shared_task(name="conflicts.names.answer", **OF_NAMES)
def answer(check_id: str) -> None:
    names().answer(check_id)


@shared_task(name="conflicts.names.search", **OF_NAMES)
def search(search_id: str) -> None:
    names().search(search_id)


@shared_task(name="conflicts.names.sweep", **OF_NAMES)
def sweep() -> None:
    """Answer what a lost message left waiting, forget old searches, and say that the worker is there."""
    names().answer_all()
    names().forget()
    names().tell()


@shared_task(name="conflicts.tasks.tidy")
def tidy() -> None:
    """Write down who works here; let go of parties that are gone, and of searches the worker has left."""
    now = timezone.now()
    actions.tidy(at=now)
    actions.forget_searches(at=now)
    with transaction.atomic():
        offices = list(Office.objects.all())
    for office in offices:
        actions.note_staff(office, at=now)


@worker_ready.connect
def get_ready(**_kwargs: Any) -> None:
    """Read all names before the first message comes, and answer what waited meanwhile."""
    if settings.LOGIN != "names":
        return
    with acting_as(NAMES_WORKER), opening_keys():
        names().answer_all()
        names().tell()

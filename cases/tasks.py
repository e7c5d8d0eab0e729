from celery import shared_task
from django.utils import timezone

from cases import actions
from cases.runs import TRIES_KEPT


@shared_task(name="cases.tasks.remind_of_deadlines")
def remind_of_deadlines() -> None:
    actions.remind_of_deadlines(at=timezone.now())


@shared_task(name="cases.tasks.remind_of_looks")
def remind_of_looks() -> None:
    actions.remind_of_looks(at=timezone.now())


@shared_task(name="cases.tasks.remind_of_seconds")
def remind_of_seconds() -> None:
    actions.remind_of_seconds(at=timezone.now())


@shared_task(name="cases.tasks.rescreen_open_cases")
def rescreen_open_cases() -> None:
    """Screen every open case again, after midnight in every state.

    An office whose rules changed has a run of its own, which says so in each case.
    """
    now = timezone.now()
    actions.note_changed_rules(at=now)
    actions.rescreen_open_cases(at=now, but=actions.waiting_offices())


@shared_task(name="cases.tasks.note_changed_rules")
def note_changed_rules() -> None:
    """Go through every open case once after the rules or their figures changed."""
    actions.note_changed_rules(at=timezone.now())


@shared_task(name="cases.tasks.forget_old_tries")
def forget_old_tries() -> None:
    """Delete tries of other figures that are old."""
    actions.forget_old_tries(before=timezone.now() - TRIES_KEPT)

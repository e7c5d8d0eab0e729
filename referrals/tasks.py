from celery import shared_task
from django.utils import timezone

from referrals import actions, engagements
from referrals.board import list_forgotten, look_after_board
from referrals.cascades import wake_forgotten


@shared_task(name="referrals.tasks.expire_offers")
def expire_offers() -> None:
    """End the offers whose time ran out, remind of the others, keep cascades going and the board."""
    at = timezone.now()
    actions.expire_offers(at=at)
    actions.remind_of_offers(at=at)
    wake_forgotten(at=at)
    list_forgotten(at=at)


@shared_task(name="referrals.tasks.look_after_reserved")
def look_after_reserved() -> None:
    engagements.look_after_reserved(at=timezone.now())
    look_after_board(at=timezone.now())


@shared_task(name="referrals.tasks.expire_hand_overs")
def expire_hand_overs() -> None:
    actions.expire_hand_overs(at=timezone.now())

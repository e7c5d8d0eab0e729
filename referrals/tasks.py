from celery import shared_task
from django.utils import timezone

from referrals import actions


@shared_task(name="referrals.tasks.expire_offers")
def expire_offers() -> None:
    actions.expire_offers(at=timezone.now())


@shared_task(name="referrals.tasks.expire_hand_overs")
def expire_hand_overs() -> None:
    actions.expire_hand_overs(at=timezone.now())

from celery import shared_task
from django.utils import timezone

from notifications import actions
from notifications.clients.mail import DjangoMail


@shared_task(name="notifications.tasks.send_due_messages")
def send_due_messages() -> None:
    actions.send_due(client=DjangoMail(), at=timezone.now())

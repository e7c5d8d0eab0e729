from celery import shared_task

from foundation.events import relay


@shared_task(name="foundation.events.tasks.deliver_due")
def deliver_due() -> None:
    relay.deliver_due()

"""Carry deliveries to their handlers: at least once claimed, exactly once done.

The line claims a delivery for a lease; its handler runs in the transaction that marks it done. A worker that
dies before leaves a delivery that is due again, one that dies within leaves nothing, because nothing was
committed (foundation/work/line.py).
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.events.ledger import DELIVERIES, handler_for
from foundation.events.models import Delivery
from foundation.events.registry import words_of
from foundation.work.line import Line
from foundation.work.models import DONE


def carry(delivery: Delivery, _result: Any) -> None:
    """Run a delivery's handler and mark it done."""
    handler_for(delivery.handler)(delivery.event)
    delivery.done_at = timezone.now()
    delivery.next_try_at = None
    Delivery.objects.filter(pk=delivery.pk).update(done_at=delivery.done_at, **DONE)


LINE = Line(
    key=DELIVERIES,
    model=Delivery,
    title=_("A step that follows something that happened"),
    detail=lambda delivery: f"{words_of(delivery.event.name)} ({delivery.handler})",
    matter=lambda delivery: delivery.event.matter_id,
    keep=carry,
    related=("event",),
    lease=timedelta(seconds=settings.EVENTS_LEASE_SECONDS),
    tries=8,
)

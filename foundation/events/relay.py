"""Carry deliveries to their handlers: at least once claimed, exactly once done.

1. Claim: lock one due row (skipping those another worker holds), count the attempt, move
   `next_try_at` on by the lease, commit. A worker that dies now delays the delivery, nothing more.
2. Run: lock the row again, run its handler and mark it done, in one transaction. A worker that dies
   in here leaves nothing behind, because nothing was committed.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.events.ledger import handler_for
from foundation.events.models import Delivery

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 8


def lease(attempts: int) -> timedelta:
    """Return how long the nth attempt may take before the next one: the lease, doubled each time."""
    return timedelta(seconds=min(settings.EVENTS_LEASE_SECONDS * 2 ** (attempts - 1), 3600))


def claim_next(*, at: datetime) -> Delivery | None:
    """Take the delivery that has been due longest, or None."""
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(skip_locked=True)
            .filter(done_at=None, stuck_at=None, next_try_at__lte=at)
            .order_by("next_try_at", "pk")
            .first()
        )
        if delivery:
            delivery.attempts += 1
            delivery.next_try_at = at + lease(delivery.attempts)
            delivery.save(update_fields=["attempts", "next_try_at"])
        return delivery


def run(delivery: Delivery) -> bool:
    """Run a claimed delivery's handler and mark it done; on failure leave it for its next try."""
    try:
        with transaction.atomic():
            deliveries = Delivery.objects.select_for_update(of=("self",)).select_related("event")
            locked = deliveries.get(pk=delivery.pk)
            if locked.done_at or locked.attempts != delivery.attempts:
                return True  # the lease ran out and another worker has it
            handler_for(locked.handler)(locked.event)
            locked.done_at, locked.error = timezone.now(), ""
            locked.save(update_fields=["done_at", "error"])
            return True
    except Exception as error:  # noqa: BLE001  whatever it was, the outbox must go on
        fail(delivery, error)
        return False


@transaction.atomic
def fail(delivery: Delivery, error: Exception) -> None:
    """Note the kind of failure (never its text, which may hold data) and give up after eight."""
    kind = type(error).__name__
    log.error("delivery failed handler=%s attempt=%s error=%s", delivery.handler, delivery.attempts, kind)
    stuck = timezone.now() if delivery.attempts >= MAX_ATTEMPTS else None
    Delivery.objects.filter(pk=delivery.pk, done_at=None).update(error=kind, stuck_at=stuck)


def deliver_due(*, limit: int = 200) -> int:
    """Carry up to `limit` due deliveries and return how many were claimed."""
    for carried in range(limit):
        delivery = claim_next(at=timezone.now())
        if delivery is None:
            return carried
        run(delivery)
    return limit


@transaction.atomic
def retry(delivery: Delivery) -> None:
    """Put a stuck delivery back in line."""
    Delivery.objects.filter(pk=delivery.pk, done_at=None).update(
        stuck_at=None, attempts=0, next_try_at=timezone.now()
    )

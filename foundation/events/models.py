"""The ledger (what happened) and the outbox (who still has to hear of it)."""

import uuid

import pgtrigger
from django.db import models

APPEND_ONLY = "RAISE EXCEPTION 'the ledger is append-only';"


class Event(models.Model):
    """One thing that happened. Never changed, never deleted.

    No foreign key to any app: history outlives what it describes. `data` holds ids, codes and counts
    only, never names, stories or addresses.
    """

    PRIVACY = {"internal": "id name subject_type subject_id office_id actor data at"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    office_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"]),
            models.Index(fields=["office_id", "-at"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=APPEND_ONLY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_id}"


class Delivery(models.Model):
    """One event owed to one handler: the outbox.

    `handler` is the stable key given to @on, not a dotted path. A delivery is due while `done_at` and
    `stuck_at` are empty and `next_try_at` has passed; claiming it moves `next_try_at` on (the lease).
    """

    PRIVACY = {"internal": "id event handler attempts next_try_at done_at stuck_at error"}

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    handler = models.CharField(max_length=80)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_handler"),
            models.CheckConstraint(
                name="delivery_done_or_stuck",
                condition=models.Q(done_at__isnull=True) | models.Q(stuck_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="delivery_due",
                condition=models.Q(done_at__isnull=True, stuck_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.event_id}"

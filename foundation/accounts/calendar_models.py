"""The secret address from which a calendar program reads the dates of one person of the staff."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from foundation.database.rows import ALL, OFFICE, OWN, Rows, Rule


class CalendarAddress(models.Model):
    """That somebody made an address for their calendar; of the secret in it only the hash is kept.

    It opens what they hold at that moment, in neutral words, until they revoke it, make another or are shut
    out. `read_at`: when a program asked last.
    """

    PRIVACY: ClassVar = {"internal": "id office user token_hash made_at read_at revoked_at"}
    # Asked for without a session: the sign-in pages' role looks the hash up, and notes that it was read.
    ROWS: ClassVar[Rows] = {
        "gate": Rule("select update(read_at)"),
        **{
            role: Rule("select insert update(revoked_at)", f"{OFFICE} AND {OWN}")
            for role in ("caseworker", "attorney")
        },
        "administrator": Rule("select update(revoked_at)", OFFICE),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="one_live_calendar_address", condition=models.Q(revoked_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"CalendarAddress {self.pk}"


def end_addresses(user: Any, *, at: datetime) -> int:
    """End what is open of somebody's addresses, and return how many there were."""
    return CalendarAddress.objects.filter(user=user, revoked_at=None).update(revoked_at=at)

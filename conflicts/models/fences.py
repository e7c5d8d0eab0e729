"""Who is kept off which matter."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.database.rows import ALL, OFFICE, OWN, Rows, Rule


class RingFence(models.Model):
    """Keeps one member of the staff off one matter, whatever their role would let them see."""

    PRIVACY: ClassVar = {"internal": "id office matter_id user made_by made_at lifted_by lifted_at"}
    OTHERS = f"{OFFICE} AND user_id <> (SELECT sec.user_id())"  # nobody makes or lifts their own
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select insert update", OFFICE, OTHERS),
        "administrator": Rule("select insert update", OFFICE, OTHERS),
        "attorney": Rule("select", OWN),
        "assistant": Rule("select", OWN),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    matter_id = models.UUIDField(db_column="file_id", db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "matter_id"], name="one_live_fence", condition=Q(lifted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"RingFence {self.pk}"

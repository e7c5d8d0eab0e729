"""Two parties of two matters who may be one person."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conflicts.models.checks import ConflictCheck
from conflicts.models.parties import Party
from foundation.accounts.matters import MatterModel
from foundation.database.rows import ALL, FENCED, OFFICE_MATTERS, OWN, Rows, Rule
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText


class HitKind(models.TextChoices):
    CONFLICT = "conflict", _("Conflict of interest")
    DUPLICATE = "duplicate", _("The same person twice")


class HitStatus(models.TextChoices):
    OPEN = "open", _("Waits for a decision")
    CLEAR = "clear", _("Not so")
    CONFIRMED = "confirmed", _("Confirmed")
    SUPERSEDED = "superseded", _("The name has changed since")


HIT_LIFE = Lifecycle(
    {
        HitStatus.OPEN: {HitStatus.CLEAR, HitStatus.CONFIRMED, HitStatus.SUPERSEDED},
        HitStatus.CONFIRMED: {HitStatus.SUPERSEDED},
    }
)


class ConflictHit(MatterModel):
    """Two parties of two matters who may be one person. Its key follows from the pair and their revisions.

    So a pair is found once however often it is looked for, and comes back only when a name, a birth date
    or a country has changed: then the names worker puts the old one aside. `reasons` are the aligned parts;
    `score` (thousandths) orders and is not shown. What a draft was found by counts for the draft alone; the
    pair is `live`, and counts for the other side, once the draft was handed in.
    """

    PRIVACY: ClassVar = {
        "internal": "check_asked asked found asked_revision found_revision other_matter_id kind score status"
        " live user decided_by decided_at found_at"
    }
    UNFENCED = f"{OFFICE_MATTERS} AND other_file_id <> ALL({FENCED}) AND user_id IS NULL"
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select update", UNFENCED),
        "administrator": Rule("select", UNFENCED),
        "attorney": Rule("select update", OWN),
        "names": Rule("select insert update"),
        "system": Rule(ALL),
    }
    LIFE: ClassVar = HIT_LIFE

    check_asked = models.ForeignKey(ConflictCheck, null=True, on_delete=models.SET_NULL, related_name="hits")
    asked = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="hits_asking")
    found = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="hits_found")
    asked_revision = models.PositiveIntegerField()
    found_revision = models.PositiveIntegerField()
    other_matter_id = models.UUIDField(db_column="other_file_id", db_index=True)
    kind = models.CharField(max_length=10, choices=HitKind.choices)
    score = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=HitStatus.choices, default=HitStatus.OPEN)
    live = models.BooleanField(default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reasons = SensitiveJSON(group="conflict", null=True)
    reason = SensitiveText(group="decision")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()

    class Meta:
        triggers = [HIT_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="hit_status", condition=Q(status__in=HitStatus.values)),
            models.CheckConstraint(
                name="hit_decided_by_someone",
                condition=Q(status="open", decided_by=None)
                | Q(status="superseded")
                | Q(status__in=["clear", "confirmed"], decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["office", "status", "kind", "-score"])]

    @property
    def is_open(self) -> bool:
        return self.status == HitStatus.OPEN

    def __str__(self) -> str:
        return f"ConflictHit {self.pk}"


def pair_id(one: tuple[uuid.UUID, int], other: tuple[uuid.UUID, int]) -> uuid.UUID:
    """Return the key of a pair of parties as they are now: the same whichever of them is asked about."""
    low, high = sorted((one, other))
    return uuid.uuid5(low[0], f"{low[1]}|{high[0]}|{high[1]}")

"""That somebody of a family has a matter of their own beside the one in which they were named."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import ALL, FENCED, OFFICE_MATTERS, Rows, Rule
from foundation.vault.fields import SensitiveJSON, SensitiveText


class FamilyLink(MatterModel):
    """Two matters of one family: `case` is the one in whose form the other person was named.

    `other_matter_id` is that person's own matter, chosen before its form begins where they are split off.
    `details` holds their name as it stands in `case`, how they are related, and the parties written down
    when the interests were found to clash. `clashes`: each needs advice of their own; `begun_at` is when both
    sides were written down. Whoever is kept off one of the two sees no link.
    """

    PRIVACY: ClassVar = {
        "internal": "case other_matter_id clashes made_by made_at begun_at undone_by undone_at"
    }
    BOTH = f"{OFFICE_MATTERS} AND other_file_id <> ALL({FENCED})"
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select insert update", BOTH),
        "administrator": Rule("select", BOTH),
        "system": Rule(ALL),
    }

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="family_links")
    other_matter_id = models.UUIDField(db_column="other_file_id", db_index=True)
    clashes = models.BooleanField(default=False)
    details = SensitiveJSON(group="family", default=dict)
    why = SensitiveText(group="family", default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    why_undone = SensitiveText(group="family", default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other_matter_id"], name="one_family_link", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(name="family_never_itself", condition=~Q(matter_id=F("other_matter_id"))),
            models.CheckConstraint(
                name="family_undone_by_someone",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"FamilyLink {self.pk}"

"""Matters of one person, put together."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.accounts.matters import MatterModel
from foundation.database.rows import ALL, FENCED, OFFICE_MATTERS, Rows, Rule


class SamePerson(MatterModel):
    """Two matters of one person put together: `matter_id` goes on, `other_matter_id` points to it.

    Nothing is moved or deleted, so that it can be undone: both matters keep all they have.
    """

    PRIVACY: ClassVar = {"internal": "other_matter_id put_by put_at undone_by undone_at"}
    BOTH = f"{OFFICE_MATTERS} AND other_file_id <> ALL({FENCED})"
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select insert update", BOTH),
        "administrator": Rule("select", BOTH),
        "system": Rule(ALL),
    }

    other_matter_id = models.UUIDField(db_column="other_file_id", db_index=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "same persons"
        constraints = [
            models.UniqueConstraint(
                fields=["other_matter_id"], name="one_pointer", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(name="never_itself", condition=~Q(matter_id=models.F("other_matter_id"))),
        ]

    def __str__(self) -> str:
        return f"SamePerson {self.pk}"

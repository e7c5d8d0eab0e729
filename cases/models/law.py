"""Who looks at the law files for an office, and what they checked: laid over the file's own columns."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.database.rows import Rows, office_rows


class LawReader(models.Model):
    """An attorney whom an administrator named to check the rows of the law files; one that ended stays."""

    PRIVACY: ClassVar = {"internal": "id office user named_by named_at ended_at"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select", attorney="select", assistant="select", administrator="select insert update"
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["named_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "user"], condition=Q(ended_at=None), name="law_reader_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"LawReader {self.user_id}"


class LawCheck(models.Model):
    """One look at one row of the law files: by whom, on which day, against which page. Never edited."""

    PRIVACY: ClassVar = {"internal": "id office row checked_by checked_on against still_right recorded_at"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select", attorney="select insert", assistant="select", administrator="select"
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=60)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()
    against = models.CharField(max_length=300)
    still_right = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-checked_on", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.row} {self.checked_on}"

"""What the staff look for among the names."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from foundation.database.rows import ALL, OFFICE, OWN, Rows, Rule
from foundation.vault.fields import SensitiveJSON, SensitiveText


class NameSearch(models.Model):
    """A name someone of the staff looks for, put to the names worker, and what it answered.

    Sealed with the office's key; only who asked reads it. It goes within five minutes, or as they look for
    the next: until then the way back from a case leads to the results.
    """

    PRIVACY: ClassVar = {"internal": "id office matter_id user asked_at answered_at unopened"}
    MINE = f"{OWN} AND {OFFICE}"
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select insert delete", MINE),
        "administrator": Rule("select insert delete", MINE),
        "names": Rule("select update delete"),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    matter_id = models.UUIDField(db_column="file_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    query = SensitiveText(group="conflict")
    answer = SensitiveJSON(group="conflict", null=True)
    asked_at = models.DateTimeField(db_index=True)
    answered_at = models.DateTimeField(null=True)
    unopened = models.PositiveIntegerField(default=0)  # names on file that did not open and were not searched

    class Meta:
        verbose_name_plural = "name searches"

    def __str__(self) -> str:
        return f"NameSearch {self.pk}"

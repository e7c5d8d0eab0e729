"""Sources on one subject that an office keeps together."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from evidence.models.library import Document
from evidence.models.rows import WRITE
from foundation.database.rows import ALL, Rows, office_rows


class Collection(models.Model):
    """Sources on one subject that an office keeps together. Its name tells a subject, never a person."""

    PRIVACY: ClassVar = {"internal": "id office name made_by made_at"}
    ROWS: ClassVar[Rows] = office_rows(caseworker=WRITE, attorney=WRITE, assistant=WRITE, administrator=WRITE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="one_collection_a_name")]

    def __str__(self) -> str:
        return self.name


class Collected(models.Model):
    """A source in a collection."""

    PRIVACY: ClassVar = {"internal": "id office collection document added_by added_at"}
    ROWS: ClassVar[Rows] = office_rows(caseworker=ALL, attorney=ALL, assistant=ALL, administrator=ALL)

    id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="collected")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="collected")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at"]
        constraints = [models.UniqueConstraint(fields=["collection", "document"], name="collected_once")]

    def __str__(self) -> str:
        return f"Collected {self.pk}"

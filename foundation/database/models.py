"""What is counted while the shared cache is away: foundation/database/caches.py."""

from typing import ClassVar

from django.db import models

from foundation.database.rows import Rows, nobody


class Count(models.Model):
    """A number under a keyed hash, until its end. Only the functions of sql.py reach it."""

    PRIVACY: ClassVar = {"internal": "entry value ends_at"}
    ROWS: ClassVar[Rows] = nobody()

    entry = models.CharField(max_length=200, primary_key=True)
    value = models.FloatField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.entry

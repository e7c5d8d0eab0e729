"""The numbers by which immigration knows people."""

from typing import ClassVar

from django.db import models

from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows
from foundation.vault.fields import PersonalText


class ANumber(MatterModel):
    """The number by which immigration knows a person, sealed; the index finds it by equality."""

    PRIVACY: ClassVar = {"internal": "index noted_at"}
    ROWS: ClassVar[Rows] = matter_rows(applicant="select insert update")

    number = PersonalText(group="a_number")
    index = models.BinaryField(max_length=16, db_index=True)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ANumber {self.pk}"

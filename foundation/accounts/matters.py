"""The base of everything that belongs to a person's matter: who may see it and which key seals it."""

import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

from foundation.accounts.models import Office
from foundation.database.rows import Rows, matter_rows


@dataclass(frozen=True)
class Matter:
    """Which matter, of which office: what a new row of a matter needs to belong to it."""

    id: uuid.UUID
    office_id: int

    @property
    def columns(self) -> dict[str, Any]:
        """What a new row of the matter is made with: `Note(**case.matter.columns, …)`."""
        return {"office_id": self.office_id, "matter_id": self.id}


class MatterModel(models.Model):
    """A row of a matter. `matter_id` is made at the draft and inherited by all that grows from it.

    The primary key is known before the row is saved: it is part of the place a sealed value is bound to.
    The database's column is `file_id`, the word its functions, keys and policies have for a matter.
    """

    PRIVACY: ClassVar = {"internal": "id office matter_id"}
    ROWS: ClassVar[Rows] = matter_rows()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    matter_id = models.UUIDField(db_column="file_id", db_index=True, editable=False)

    class Meta:
        abstract = True

    @property
    def matter(self) -> Matter:
        """The matter this row belongs to."""
        return Matter(self.matter_id, self.office_id)


def office_matter(office: Office) -> Matter:
    """Return the matter of what an office keeps that is no person's: its own people, messages to staff."""
    return Matter(office.matter_id, office.pk)


def part_of(matter_id: uuid.UUID, name: str) -> uuid.UUID:
    """Return the primary key of the one row of a matter under a name, so that saving it again finds it."""
    return uuid.uuid5(matter_id, name)

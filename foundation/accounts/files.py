"""The base of everything that belongs to a person's file: who may see it and which key seals it."""

import uuid
from typing import Any, ClassVar

from django.db import models

from foundation.accounts.models import Office
from foundation.database.rows import Rows, file_rows


class FileModel(models.Model):
    """A row of a file. `file_id` is made at the draft and inherited by all that grows from it.

    The primary key is known before the row is saved: it is part of the place a sealed value is bound to.
    """

    PRIVACY: ClassVar = {"internal": "id office file_id"}
    ROWS: ClassVar[Rows] = file_rows()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField(db_index=True, editable=False)

    class Meta:
        abstract = True

    @property
    def file(self) -> dict[str, Any]:
        """Return what a new row of the same file needs: `Note(**case.file, ...)`."""
        return {"office_id": self.office_id, "file_id": self.file_id}


def part_of(file_id: uuid.UUID, name: str) -> uuid.UUID:
    """Return the primary key of the one row of a file under a name, so that saving it again finds it."""
    return uuid.uuid5(file_id, name)

"""What is known of a stored file."""

from typing import ClassVar

from django.db import models

from foundation.accounts.files import FileModel
from foundation.database.rows import Rows, file_rows
from foundation.vault.fields import PersonalJSON, PersonalText


class StoredFile(FileModel):
    """A file on disk under its own id. Name, kind, size and hash are as personal as what is in it."""

    PRIVACY: ClassVar = {"internal": "stored_on"}
    ROWS: ClassVar[Rows] = file_rows(
        applicant="select insert", caseworker="select insert update delete", attorney="select insert"
    )

    name = PersonalText(group="file")
    content_type = PersonalText(group="file")
    size = PersonalJSON(group="file", default=int)
    sha256 = PersonalText(group="file")
    # A day, not a moment: when exactly something was sent can tell who sent it.
    stored_on = models.DateField()

    def __str__(self) -> str:
        return f"StoredFile {self.pk}"

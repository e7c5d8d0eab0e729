"""A list of practitioners taken in at once: whom it invited, whose profile it changed, and back again."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.accounts.models import Invitation
from foundation.database.rows import ALL, OFFICE, OWN, Rows, Rule, office_rows

KEPT = "select insert update(undone_by_id,undone_at)"


class PanelImport(models.Model):
    """A list that an administrator took in; undone as a whole, but for whoever has come in since."""

    PRIVACY: ClassVar = {"internal": "id office imported_by imported_at undone_by undone_at"}
    ROWS: ClassVar[Rows] = office_rows(administrator=KEPT)

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="panel_imports")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"PanelImport {self.pk}"


class PanelEntry(models.Model):
    """One line of it: the invitation it sent, or the practitioner it changed; `details` are their profile.

    `before` is what stood in those fields of a practitioner who was there already. Somebody invited gets
    `details` when they accept.
    """

    PRIVACY: ClassVar = {"internal": "id office batch invitation practitioner details before"}
    ROWS: ClassVar[Rows] = office_rows(administrator="select insert")

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(PanelImport, on_delete=models.PROTECT, related_name="entries")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        "referrals.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    details = models.JSONField()
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="panel_entry_of_one",
                condition=Q(invitation=None, practitioner__isnull=False)
                | Q(invitation__isnull=False, practitioner=None),
            )
        ]

    def __str__(self) -> str:
        return f"PanelEntry {self.pk}"


class ListImport(models.Model):
    """A file of names that a practitioner put on their own list at once: theirs alone, undone as a whole.

    `parties` are the names that it put there, by their rows; whom it names stands sealed in those.
    """

    PRIVACY: ClassVar = {"internal": "id office user parties imported_at undone_at"}
    ROWS: ClassVar[Rows] = {
        "attorney": Rule("select insert update(undone_at)", OWN, f"{OWN} AND {OFFICE}"),
        "system": Rule(ALL),
    }

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="list_imports")
    parties = ArrayField(models.UUIDField())
    imported_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"ListImport {self.pk}"

"""What was done to the installation, and which deletions must hold whatever is restored."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import badges
from foundation.database.rows import ALL, Rows, Rule


class Kind(models.TextChoices):
    """What was run."""

    BACKUP = "backup", _("Backup")
    DRILL = "drill", _("Restore drill")
    RETENTION = "retention", _("Retention")
    RESTORE = "restore", _("Restore")


class Run(models.Model):
    """One run of what an operator relies on. `error` is a code; neither it nor `figures` names anybody."""

    PRIVACY: ClassVar = {"internal": "id kind begun_at ended_at error figures"}
    ROWS: ClassVar[Rows] = {"administrator": Rule("select"), "system": Rule(ALL)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["-begun_at"]
        indexes = [models.Index(fields=["kind", "-ended_at"], name="run_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.begun_at:%Y-%m-%d}"

    @property
    def said(self) -> str:
        """Say the figures of a sweep, which goes on while something is left; nothing of the others."""
        if self.kind != Kind.RETENTION:
            return ""
        sums = {key: sum(one[key] for one in self.figures.values()) for key in ("gone", "left")}
        return str(_("Removed: %(gone)d. Left for the next time: %(left)d.") % sums)

    @property
    def badge(self) -> badges.Badge:
        if self.error:
            return badges.Badge(str(_("Failed")), badges.BAD, "alert")
        return badges.Badge(str(_("Done")), badges.GOOD, "check")


class Step(models.TextChoices):
    """How far a person's deletion has come."""

    ASKED = "asked", _("Asked")
    TAKEN_BACK = "taken_back", _("Taken back")
    ERASED = "erased", _("Erased")


class Deletion(models.Model):
    """That somebody asked to be deleted, took it back, or is erased: kept for after a restore.

    The matter's id alone, which outlives it on purpose: a copy of the database from before brings it back.
    """

    PRIVACY: ClassVar = {"internal": "id matter step at"}
    ROWS: ClassVar[Rows] = {"system": Rule("select insert")}

    matter = models.UUIDField()
    step = models.CharField(max_length=10, choices=Step.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "step", "at"], name="one_deletion_step")]

    def __str__(self) -> str:
        return f"{self.step} {self.matter}"

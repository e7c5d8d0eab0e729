"""A declaration as it is written: numbered paragraphs, each with its versions and its review."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import Rows, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText

TEAM: Rows = matter_rows(caseworker="", attorney="select insert update", administrator="")


class Declaration(MatterModel):
    """What somebody declares to the court. `about` says who, and in which language they tell it."""

    PRIVACY: ClassVar = {"internal": "case made_by made_at"}
    ROWS: ClassVar[Rows] = TEAM

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="declarations")
    about = SensitiveJSON(group="declaration", default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Declaration {self.pk}"


class ParagraphStatus(BadgeChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("To be reviewed")
    WANTED = "wanted", _("Changes wanted")
    APPROVED = "approved", _("Approved")

    @property
    def tone(self) -> str:
        tones = {ParagraphStatus.SUBMITTED: WARN, ParagraphStatus.WANTED: BAD, ParagraphStatus.APPROVED: GOOD}
        return tones.get(self, QUIET)


PARAGRAPH_LIFE = Lifecycle(
    {
        ParagraphStatus.DRAFT: {ParagraphStatus.SUBMITTED},
        ParagraphStatus.SUBMITTED: {ParagraphStatus.WANTED, ParagraphStatus.APPROVED},
    }
)


class Paragraph(MatterModel):
    """One version of one paragraph; its words never change, a change is the next version.

    `root` is the same through its versions, `is_current` the one that stands; a paragraph without one was
    taken out. `points` and `citations` are what it bears on.
    """

    PRIVACY: ClassVar = {
        "internal": "declaration root place version is_current status points citations by at reviewed_by"
        " reviewed_at"
    }
    ROWS: ClassVar[Rows] = TEAM
    LIFE: ClassVar = PARAGRAPH_LIFE

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="paragraphs")
    root = models.UUIDField(default=uuid.uuid4)
    place = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    status = models.CharField(max_length=10, choices=ParagraphStatus.choices, default=ParagraphStatus.DRAFT)
    english = SensitiveText(group="declaration")
    original = SensitiveText(group="declaration")
    note = SensitiveText(group="declaration")
    points = models.JSONField(default=list)
    citations = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [PARAGRAPH_LIFE.trigger()]
        ordering = ["place", "-version"]
        constraints = [
            models.UniqueConstraint("declaration", "root", "version", name="one_paragraph_of_a_version"),
            models.UniqueConstraint(
                "declaration", "root", name="one_paragraph_stands", condition=Q(is_current=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Paragraph {self.pk}"

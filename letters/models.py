"""The letters of an office: their words, version by version, and what was written to a person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows, office_rows
from foundation.vault.fields import SensitiveText
from letters.kinds import PROMISING, Kind
from notifications.versions import Version, approved_by_another


class Template(Version):
    """One version of a letter's words in one language; never changed, only followed by the next.

    One that promises something is used once a lawyer whom the administrator named approved it.
    """

    PRIVACY: ClassVar = {
        "internal": "id office kind language number text written_by written_at approved_by approved_at"
        " ended_by ended_at"
    }
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select",
        attorney="select update(approved_by_id,approved_at)",
        administrator="select insert update(ended_by_id,ended_at)",
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="letter_templates")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    language = models.CharField(max_length=10)
    text = models.TextField(max_length=6000)

    class Meta:
        constraints = [
            models.UniqueConstraint("office", "kind", "language", "number", name="one_template_per_number"),
            models.CheckConstraint(name="template_kind", condition=Q(kind__in=Kind.values)),
            approved_by_another("template"),
        ]

    def __str__(self) -> str:
        return f"Template {self.pk}"

    @property
    def must_be_approved(self) -> bool:
        return self.kind in PROMISING


class ReachedHow(models.TextChoices):
    IN_PERSON = "in_person", _("Handed over in person")
    SAFE_WAY = "safe_way", _("Sent by the way they said is safe")
    READ = "read", _("Read to them")


class Letter(MatterModel):
    """A letter to the person of a case: its words are fixed, and how it reached them is noted."""

    PRIVACY: ClassVar = {
        "internal": "case template kind language made_by made_at given_how given_by given_at"
        " dropped_by dropped_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker="select insert update(given_how,given_by_id,given_at,dropped_by_id,dropped_at)",
        attorney="select insert update(given_how,given_by_id,given_at,dropped_by_id,dropped_at)",
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    language = models.CharField(max_length=10)
    text = SensitiveText(group="letter")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    given_how = models.CharField(max_length=10, choices=ReachedHow.choices, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_given_or_dropped", condition=Q(given_at=None) | Q(dropped_at=None)
            ),
            models.CheckConstraint(
                name="letter_given_is_whole",
                condition=Q(given_at=None, given_by=None, given_how="")
                | Q(given_at__isnull=False, given_by__isnull=False, given_how__in=ReachedHow.values),
            ),
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"

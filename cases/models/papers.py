"""What is known of each file of a matter: which kind of paper it is, its day, from whom it came."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows
from foundation.files.models import Upload
from foundation.vault.fields import SensitiveText


class PaperKind(models.TextChoices):
    NOTICE = "notice", _("Notice of a hearing or an appointment")
    DECISION = "decision", _("Decision or order")
    RECEIPT = "receipt", _("Receipt notice")
    DECLARATION = "declaration", _("Declaration")
    TRANSLATION = "translation", _("Translation")
    IDENTITY = "identity", _("Identity or family")
    MEDICAL = "medical", _("Medical")
    PHOTO = "photo", _("Photo")
    LETTER = "letter", _("Letter")
    OTHER = "other", _("Another paper")


# What comes from a court or an agency with a day that a date is counted from.
MOVES_DATES = (PaperKind.NOTICE, PaperKind.DECISION)


class Origin(models.TextChoices):
    """From whom a paper came."""

    PERSON = "person", _("The person")
    AUTHORITY = "authority", _("The court, USCIS or DHS")
    LAWYER = "lawyer", _("Another lawyer")
    US = "us", _("Our office")


class Paper(MatterModel):
    """What staff wrote down of one file of a case, whoever sent it. A file without such a row is not sorted.

    `kind` is a PaperKind; `dated` the day on the paper as far as it is known ("2025", "2025-03",
    "2025-03-04"), "" where nobody wrote one. `translation_of` is another file of the case. One that was put
    aside counts for nothing; it stays, and can be brought back.
    """

    PRIVACY: ClassVar = {
        "internal": "case upload origin translation_of described_by described_at put_aside_by put_aside_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(attorney="select insert update")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="+")
    kind = SensitiveText(group="paper")
    dated = SensitiveText(group="paper")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PERSON)
    note = SensitiveText(group="paper")
    translation_of = models.ForeignKey(Upload, null=True, on_delete=models.SET_NULL, related_name="+")
    described_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    described_at = models.DateTimeField()
    put_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    put_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="paper_origin", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(
                name="paper_put_aside_by_someone",
                condition=Q(put_aside_at=None, put_aside_by=None)
                | Q(put_aside_at__isnull=False, put_aside_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Paper {self.pk}"

"""What was filed in a case. "Sent" is not "filed": only a receipt shows that a form arrived."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows
from foundation.vault.fields import SensitiveText

RETURNED = "yes"  # it came back, nobody knows which day


class FiledForm(models.TextChoices):
    """The forms that stop a clock once they are received."""

    I589 = "i589", _("I-589, asylum application")
    APPEAL = "appeal", _("EOIR-26, appeal to the Board")
    MOTION = "motion", _("Motion to reopen or reconsider")
    PETITION = "petition", _("Petition for review")


class Filing(MatterModel):
    """One receipt: which form, when it was received, under which number, and whether it came back.

    `received` and `returned` are dates as far as they are known ("2025", "2025-03", "2025-03-04");
    `returned` is "yes" where the day is not known, and empty while nothing came back. `order_ref` says which
    decision an appeal, a motion or a petition is about, as `DeadlineFacts.decisions` names it.
    (8 CFR 103.2(a)(7), 208.3(c)(3))
    """

    PRIVACY: ClassVar = {"internal": "case form order_ref recorded_by recorded_at removed_by removed_at"}
    ROWS: ClassVar[Rows] = matter_rows(attorney="select insert update")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="filings")
    form = models.CharField(max_length=10, choices=FiledForm.choices)
    order_ref = models.CharField(max_length=20, blank=True)
    received = SensitiveText(group="dates")
    number = SensitiveText(group="dates", null=True)
    returned = SensitiveText(group="dates", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    removal = SensitiveText(group="dates", null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(name="filing_form", condition=Q(form__in=FiledForm.values)),
            models.CheckConstraint(
                name="filing_removed_by_someone",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.case_id}"

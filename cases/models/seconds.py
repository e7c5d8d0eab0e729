"""A step that two people take: it waits for the second, or was done at once and a second looks after."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows
from foundation.vault.fields import SensitiveJSON


class Step(models.TextChoices):
    LOWER = "lower", _("Lower the urgency below critical")
    DECLINE = "decline", _("Decline an urgent case")
    DELETE = "delete", _("Delete what the person told us, as they wish")
    FENCED = "fenced", _("Somebody was kept off the case")
    UNFENCED = "unfenced", _("Somebody was let back to the case")
    HELD = "held", _("A legal hold was set")
    RELEASED = "released", _("A legal hold was lifted")


# These wait for a second person; what protects somebody acts at once, and a second looks after.
WAITING = (Step.LOWER, Step.DECLINE, Step.DELETE)


class Decision(models.TextChoices):
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Taken back")
    SEEN = "seen", _("Looked at")


class SecondLook(MatterModel):
    """That somebody asked for a step, or took it, on which a second person must look.

    `details` is what the step needs to be done, and the reason that was given. `decided_by` is None where the
    step went with the end of its case. `reminded_at`: when those who could be the second heard of it last.
    """

    PRIVACY: ClassVar = {"internal": "case step asked_by asked_at reminded_at decided_by decided_at decision"}
    ROWS: ClassVar[Rows] = matter_rows(attorney="", administrator="select")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="second_looks")
    step = models.CharField(max_length=10, choices=Step.choices)
    details = SensitiveJSON(group="notes", default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step"],
                name="one_step_waits",
                condition=Q(decided_at=None, step__in=WAITING),
            ),
            models.CheckConstraint(
                name="second_look_by_a_second",
                condition=Q(decided_by=None) | Q(decision="dropped") | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="second_look_decided_whole",
                condition=Q(decided_at=None, decided_by=None, decision="")
                | Q(decided_at__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(name="second_look_step", condition=Q(step__in=Step.values)),
        ]

    def __str__(self) -> str:
        return f"SecondLook {self.pk}"

    @property
    def waits(self) -> bool:
        """Whether the step is done only once a second person has decided."""
        return self.step in WAITING

"""Dated results of the rule set, what they rest on, and a person's departures from them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.badges import BadgeChoices
from foundation.database.rows import Rows, matter_rows
from foundation.vault.fields import SensitiveJSON, SensitiveText
from intake.models import Intake


class Outcome(models.TextChoices):
    ELIGIBLE_FOR_REVIEW = "ELIGIBLE_FOR_REVIEW", _("Fits our program: ready for review")
    STAFF_REVIEW = "STAFF_REVIEW", _("A person must find out more")
    NOT_ELIGIBLE_PROGRAM = "NOT_ELIGIBLE_PROGRAM", _("Does not fit our program")
    REFER_OUT = "REFER_OUT", _("Refer to another organization")
    CONFLICT_HOLD = "CONFLICT_HOLD", _("Held: possible conflict of interest")
    CONFLICT_DECLINE = "CONFLICT_DECLINE", _("Conflict of interest")
    INCOMPLETE = "INCOMPLETE", _("Not complete")


# Decided so, a case goes into no queue: it is handed over or declined, or decided anew.
NOT_OURS = (
    *(Outcome.NOT_ELIGIBLE_PROGRAM, Outcome.REFER_OUT),
    *(Outcome.CONFLICT_HOLD, Outcome.CONFLICT_DECLINE),
)


class Band(BadgeChoices):
    CRITICAL = "CRITICAL", _("Critical")
    HIGH = "HIGH", _("High")
    MEDIUM = "MEDIUM", _("Medium")
    ROUTINE = "ROUTINE", _("Routine")

    @property
    def tone(self) -> str:
        return f"band-{self.value}"

    @property
    def icon(self) -> str:
        return {Band.CRITICAL: "alert", Band.HIGH: "up"}.get(self, "dot")


class Why(models.TextChoices):
    OPENED = "opened", _("the answers were sent")
    NIGHTLY = "nightly", _("the nightly run")
    ANSWERS = "answers", _("an answer was corrected")
    FACTS = "facts", _("a fact of the case changed")
    NAMES = "names", _("the conflict check has another answer")
    ASKED = "asked", _("a caseworker asked for it")
    RULES = "rules", _("the rules changed")
    FIGURES = "figures", _("the figures of the rules changed")


APPENDED: Rows = matter_rows(caseworker="select insert")


class Screening(MatterModel):
    """One run of the rules over one intake on one day. Never edited: a re-screen is a new row."""

    PRIVACY: ClassVar = {
        "internal": "intake as_of ruleset guideline_year outcome band score codes gates points"
        " floors why created_at"
    }

    ROWS: ClassVar[Rows] = APPENDED

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="screenings")
    as_of = models.DateField()
    ruleset = models.CharField(max_length=20)
    guideline_year = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=24, choices=Outcome.choices)
    band = models.CharField(max_length=10, choices=Band.choices)
    score = models.PositiveSmallIntegerField()
    codes = models.JSONField(default=list)
    gates = models.JSONField(default=dict)
    points = models.JSONField(default=dict)
    floors = models.JSONField(default=dict)
    one_year = SensitiveJSON(group="screening", null=True)
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.OPENED)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="screening_outcome", condition=models.Q(outcome__in=Outcome.values)),
            models.CheckConstraint(name="screening_band", condition=models.Q(band__in=Band.values)),
        ]

    def __str__(self) -> str:
        return f"Screening {self.pk}"


class Finding(MatterModel):
    """One criterion of a screening: its code, its result, and what it used."""

    PRIVACY: ClassVar = {"internal": "screening position code gate result citation"}
    ROWS: ClassVar[Rows] = APPENDED

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    gate = models.CharField(max_length=20)
    result = models.CharField(max_length=10)
    citation = models.CharField(max_length=200, blank=True)
    inputs = SensitiveJSON(group="screening", default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["screening", "position"], name="finding_order")]

    def __str__(self) -> str:
        return self.code


class Override(MatterModel):
    """A person's decision to depart from a screening's outcome, with the reason."""

    PRIVACY: ClassVar = {"internal": "screening outcome decided_by decided_at"}
    ROWS: ClassVar[Rows] = APPENDED

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="overrides")
    outcome = models.CharField(max_length=24, choices=Outcome.choices)
    reason = SensitiveText(group="notes")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Override {self.pk}"


class Review(MatterModel):
    """A person's look at a screening: the outcome and the urgency they settled on.

    Where the outcome is the screening's own they confirmed it; else an Override stands beside it.
    """

    PRIVACY: ClassVar = {"internal": "screening outcome band decided_by decided_at"}
    ROWS: ClassVar[Rows] = APPENDED

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=24, choices=Outcome.choices)
    band = models.CharField(max_length=10, choices=Band.choices)
    reason = SensitiveText(group="notes")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_outcome", condition=models.Q(outcome__in=Outcome.values)),
            models.CheckConstraint(name="review_band", condition=models.Q(band__in=Band.values)),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"

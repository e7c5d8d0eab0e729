"""Hours that somebody worked on a case they hold, or help with: a day, so many minutes, a kind; no words."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import ASSISTED, GRANTED, ME, OFFICE_MATTERS, Rows, Rule, matter_rows

DAY = 24 * 60  # minutes


class WorkKind(models.TextChoices):
    TALKS = "talks", _("Talks with the person")
    PAPERS = "papers", _("Forms, declarations, filings")
    EVIDENCE = "evidence", _("Evidence and research")
    COURT = "court", _("Hearings and interviews")
    TRAVEL = "travel", _("Travel and waiting")
    OTHER = "other", _("Anything else")


def _own_and(theirs: str) -> Rule:
    """Return what somebody reads: their own hours for good, those of others while the case is theirs too.

    They write under their own name alone, and only while it is.
    """
    sees = f"CASE WHEN user_id = {ME} THEN {OFFICE_MATTERS} ELSE {theirs} END"
    return Rule("select insert update", sees, f"user_id = {ME} AND {theirs}")


class LoggedHours(MatterModel):
    """So many minutes on one day; changed or struck out by whoever wrote them, while they have the case."""

    PRIVACY: ClassVar = {"internal": "user case day minutes kind logged_at changed_at struck_at"}
    ROWS: ClassVar[Rows] = {
        **matter_rows(caseworker="select", attorney="", assistant=""),
        "attorney": _own_and(GRANTED),
        "assistant": _own_and(ASSISTED),
    }

    user: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hours")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=WorkKind.choices)
    logged_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "logged hours"
        constraints = [
            models.CheckConstraint(name="hours_kind", condition=Q(kind__in=WorkKind.values)),
            models.CheckConstraint(name="hours_of_a_day", condition=Q(minutes__gte=1, minutes__lte=DAY)),
        ]
        indexes = [
            models.Index(fields=["user", "day"], name="hours_of_somebody", condition=Q(struck_at=None)),
        ]

    def __str__(self) -> str:
        return f"LoggedHours {self.pk}"

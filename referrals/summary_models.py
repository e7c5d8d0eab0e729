"""What staff say of a case to whoever is asked to take it: a synopsis, and answers to questions."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows
from foundation.vault.fields import SensitiveText
from referrals.sees import OF_SEEN_OFFER


class Hours(models.TextChoices):
    """How much work a case is expected to be; "" where nobody said: not known is no little."""

    UP_TO_10 = "10", _("up to 10 hours")
    UP_TO_30 = "30", _("10 to 30 hours")
    UP_TO_60 = "60", _("30 to 60 hours")
    UP_TO_100 = "100", _("60 to 100 hours")
    MORE = "more", _("more than 100 hours")


class Brings(models.TextChoices):
    """What an office gives whoever takes a case."""

    INTERPRETER = "interpreter", _("An interpreter, paid by us, for every talk")
    MENTOR = "mentor", _("A mentor who has done such cases")
    COVER = "cover", _("Malpractice insurance")
    EVIDENCE = "evidence", _("Country conditions from our library")
    COSTS = "costs", _("Filing fees and experts")
    PARALEGAL = "paralegal", _("A paralegal's time")


class Synopsis(MatterModel):
    """A headline and some lines of a case for whoever is asked, which do not say who it is.

    Each writing is a row and the newest stands. It goes out once somebody of the office approved it; until
    then, and without one, an offer tells the facts alone. `hours` is the work that it is expected to be,
    `brings` what the office gives.
    """

    PRIVACY: ClassVar = {"internal": "case hours brings written_by written_at approved_by approved_at"}
    ROWS: ClassVar[Rows] = matter_rows()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="synopses")
    headline = SensitiveText(group="summary")
    text = SensitiveText(group="summary")
    hours = models.CharField(max_length=4, choices=Hours.choices, blank=True)
    brings = ArrayField(models.CharField(max_length=12, choices=Brings.choices), default=list, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "synopses"
        constraints = [
            models.CheckConstraint(
                name="synopsis_approved_by_someone",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Synopsis {self.pk}"


class OfferQuestion(MatterModel):
    """What somebody asked about an offer before their yes, and what a caseworker answered."""

    PRIVACY: ClassVar = {"internal": "offer asked_by asked_at answered_by answered_at"}
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker="select update",
        attorney="select insert",
        attorney_sees=OF_SEEN_OFFER,
        assistant="",
    )

    offer = models.ForeignKey("referrals.Offer", on_delete=models.PROTECT, related_name="questions")
    question = SensitiveText(group="summary")
    answer: Any = SensitiveText(group="summary", null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="offer_question_answered_by_someone",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"OfferQuestion {self.pk}"

"""Whom a referral is offered to, one after the other: a cascade and its steps."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows
from foundation.work.models import MAY_DECIDE, Due, line_indexes, stuck_in_line


class HowCascadeEnded(models.TextChoices):
    PLACED = "placed", _("Somebody took the case.")
    NOBODY = "nobody", _("Nobody of those listed took it.")
    STOPPED = "stopped", _("It was stopped.")
    NAMES = "names", _("The names of the case are not clear any more.")
    GIVEN_UP = "given_up", _("The program could not go on with it.")


class PassedWhy(models.TextChoices):
    """Why somebody listed was not asked when their turn came."""

    NOT_AVAILABLE = "not_available", _("could not be asked")
    NOT_TRAINED = "not_trained", _("lacks a training that the queue asks for")
    KEPT_OFF = "kept_off", _("is kept off this case")
    CONFLICT = "conflict", _("said that they have a conflict")


class Cascade(MatterModel, Due):
    """That a referral is put to some practitioners, one after the other, until one takes it.

    It is in the worker's line while the next one is to be asked, and out of it while an offer waits for its
    answer. `minutes` is how much of their working time each of them has.
    """

    PRIVACY: ClassVar = {"internal": "referral minutes made_by made_at ended_at ended_how ended_by"}
    # An administrator decides on one that is stuck: giving it up ends it.
    ROWS: ClassVar[Rows] = matter_rows(
        attorney="", administrator=MAY_DECIDE.replace(")", ",ended_at,ended_how,ended_by_id)")
    )

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="cascades")
    minutes = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, choices=HowCascadeEnded.choices, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            stuck_in_line("cascade"),
            models.UniqueConstraint(
                fields=["referral"], name="one_live_cascade_per_referral", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="cascade_ended_is_whole",
                condition=Q(ended_at=None, ended_how="", ended_by=None)
                | Q(ended_at__isnull=False, ended_how__in=HowCascadeEnded.values, next_try_at=None),
            ),
        ]
        indexes = line_indexes("cascade")

    def __str__(self) -> str:
        return f"Cascade {self.pk}"


class CascadeStep(MatterModel):
    """One practitioner of a cascade, at their place: asked by an offer, passed over, or still to come."""

    PRIVACY: ClassVar = {"internal": "cascade practitioner place offer passed_at passed_why"}
    ROWS: ClassVar[Rows] = matter_rows(attorney="")

    cascade = models.ForeignKey(Cascade, on_delete=models.CASCADE, related_name="steps")
    practitioner = models.ForeignKey("referrals.Practitioner", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    offer = models.OneToOneField("referrals.Offer", null=True, on_delete=models.PROTECT, related_name="step")
    passed_at = models.DateTimeField(null=True)
    passed_why = models.CharField(max_length=14, choices=PassedWhy.choices, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["cascade", "place"], name="one_step_per_place"),
            models.UniqueConstraint(fields=["cascade", "practitioner"], name="listed_once"),
            models.CheckConstraint(
                name="step_asked_or_passed",
                condition=Q(passed_at=None, passed_why="")
                | Q(offer=None, passed_at__isnull=False, passed_why__in=PassedWhy.values),
            ),
        ]

    def __str__(self) -> str:
        return f"CascadeStep {self.pk}"

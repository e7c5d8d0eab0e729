"""Something small that a helper does for a case without seeing it: to translate, interpret, review."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.matters import MatterModel
from foundation.badges import GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import GRANTED, ME, OFFICE_MATTERS, Rows, matter_rows
from foundation.events.lifecycle import Lifecycle


class SmallKind(models.TextChoices):
    TRANSLATION = "translation", _("Translation")
    INTERPRETING = "interpreting", _("Interpreting")
    REVIEW = "review", _("Review of a declaration")


class SmallStatus(BadgeChoices):
    OFFERED = "offered", _("Waits for somebody")
    TAKEN = "taken", _("Taken")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Not needed any more")

    @property
    def tone(self) -> str:
        return {SmallStatus.TAKEN: WARN, SmallStatus.DONE: GOOD}.get(self, QUIET)


SMALL_LIFE = Lifecycle(
    {
        SmallStatus.OFFERED: {SmallStatus.TAKEN, SmallStatus.WITHDRAWN},
        SmallStatus.TAKEN: {SmallStatus.OFFERED, SmallStatus.DONE, SmallStatus.WITHDRAWN},
    }
)
# Whoever may help sees what waits and what they took: of the case itself nothing. An attorney who holds the
# case sees all of it, and ends what is open with the case.
HELPS = f"CASE WHEN status = 'offered' THEN {OFFICE_MATTERS} WHEN taker_id = {ME} THEN {OFFICE_MATTERS}"
TAKES = "select update(status,taker_id,taken_at,back_at,ended_at)"


class SmallTask(MatterModel):
    """What a helper is asked for: kind, language, so many pages or hours, by a day. It carries no words.

    Who took it has `days` business days for it (`back_at`); after that it is offered again by itself.
    """

    PRIVACY: ClassVar = {
        "internal": "case kind language amount due_on days status asked_by asked_at taker taken_at back_at"
        " ended_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(
        attorney=TAKES,
        attorney_sees=f"{HELPS} ELSE {GRANTED} END",
        assistant=TAKES,
        assistant_sees=f"{HELPS} ELSE false END",
    )
    LIFE: ClassVar = SMALL_LIFE

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="small_tasks")
    kind = models.CharField(max_length=12, choices=SmallKind.choices)
    language = models.CharField(max_length=3, blank=True)
    amount = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=SmallStatus.choices, default=SmallStatus.OFFERED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    taker: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [SMALL_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="small_kind", condition=Q(kind__in=SmallKind.values)),
            models.CheckConstraint(name="small_status", condition=Q(status__in=SmallStatus.values)),
            models.CheckConstraint(
                name="small_taken_is_whole",
                condition=Q(status="taken", taker__isnull=False, back_at__isnull=False)
                | Q(status="offered", taker=None, taken_at=None, back_at=None)
                | Q(status__in=["done", "withdrawn"], ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["back_at"], name="small_lease", condition=Q(status="taken")),
            models.Index(fields=["office", "due_on"], name="small_offered", condition=Q(status="offered")),
        ]

    def __str__(self) -> str:
        return f"SmallTask {self.pk}"

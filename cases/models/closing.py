"""How a case was closed, asked for by one and looked at by a second where it is urgent; and its reopening."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows
from foundation.vault.fields import SensitiveText


class ClosingReason(models.TextChoices):
    GRANTED = "granted", _("Granted")
    DENIED = "denied", _("Denied")
    WITHDREW = "withdrew", _("They do not want to go on")
    MOVED = "moved", _("They moved away")
    UNREACHABLE = "unreachable", _("Nobody can reach them")
    ENDED = "ended", _("The representation ended")
    OTHER = "other", _("Another reason")


class Closing(MatterModel):
    """That a case is to be closed: by whom, why, and who looked at it again.

    `ended_on` is the day of what ended it. `note` says what was tried or told. One of an urgent case, and one
    that its attorney asks for, waits for a second person (`needs_second`): `closed_at` is None until then,
    `dropped_at` set where it was taken back. `reopened_at`, `reopened_by` and `why_reopened` where the case
    goes on after all.
    """

    PRIVACY: ClassVar = {
        "internal": "case reason ended_on papers_returned needs_second asked_by asked_at reminded_at"
        " closed_by closed_at dropped_by dropped_at reopened_by reopened_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(attorney="select insert update(dropped_by_id,dropped_at)")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    reason = models.CharField(max_length=12, choices=ClosingReason)
    ended_on = models.DateField()
    note = SensitiveText(group="notes")
    papers_returned = models.BooleanField(default=False)
    needs_second = models.BooleanField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True)
    why_reopened = SensitiveText(group="notes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="one_closing_asked",
                condition=Q(closed_at=None, dropped_at=None),
            ),
            models.CheckConstraint(
                name="closing_seen_by_a_second",
                condition=Q(closed_by=None) | Q(needs_second=False) | ~Q(closed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="closing_closed_or_dropped", condition=Q(closed_at=None) | Q(dropped_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Closing {self.pk}"

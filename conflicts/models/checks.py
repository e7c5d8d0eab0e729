"""Names put to the names worker, and its answers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.database.rows import ALL, OFFICE_MATTERS, OWN, OWN_MATTER, Rows, Rule
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText


class CheckKind(models.TextChoices):
    NAMES = "names", _("Names page")
    SUBMITTED = "submitted", _("Answers sent")
    ADDED = "added", _("Name added")
    OFFER = "offer", _("Offer to a practitioner")
    DEMAND = "demand", _("Asked for")


class CheckStatus(models.TextChoices):
    PENDING = "pending", _("Waiting")
    CLEAR = "clear", _("Nothing found")
    POSSIBLE = "possible", _("Possible conflict")
    DECIDED_CLEAR = "decided_clear", _("Decided: no conflict")
    DECIDED_CONFLICT = "decided_conflict", _("Decided: conflict")


CHECK_LIFE = Lifecycle(
    {
        CheckStatus.PENDING: {
            CheckStatus.CLEAR,
            CheckStatus.POSSIBLE,
            CheckStatus.DECIDED_CLEAR,
            CheckStatus.DECIDED_CONFLICT,
        },
        CheckStatus.POSSIBLE: {CheckStatus.DECIDED_CLEAR, CheckStatus.DECIDED_CONFLICT},
    }
)


class ConflictCheck(MatterModel):
    """Names put to the names worker. Until it has answered the check is pending, whatever the reason.

    `user` is the practitioner whose own list is asked instead of the office's parties. `unread` counts
    names that cannot be compared with all: such a check waits for a person, for nobody has looked.
    `unopened` counts the names on file that did not open then; each name asked about is unread by them.
    """

    PRIVACY: ClassVar = {
        "internal": "kind status user asked_at answered_at decided_at decided_by index_version found unread"
        " unopened"
    }
    ROWS: ClassVar[Rows] = {
        "applicant": Rule("insert", f"{OWN_MATTER} AND user_id IS NULL"),
        "caseworker": Rule("select insert update", OFFICE_MATTERS),
        "administrator": Rule("select", OFFICE_MATTERS),
        "attorney": Rule("select update", OWN),
        "names": Rule("select update"),
        "system": Rule(ALL),
    }
    LIFE: ClassVar = CHECK_LIFE

    kind = models.CharField(max_length=10, choices=CheckKind.choices)
    status = models.CharField(max_length=20, choices=CheckStatus.choices, default=CheckStatus.PENDING)
    query = SensitiveJSON(group="conflict", default=list)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    index_version = models.BigIntegerField(null=True)
    found = models.PositiveSmallIntegerField(default=0)
    unread = models.PositiveSmallIntegerField(default=0)
    unopened = models.PositiveIntegerField(default=0)
    reason = SensitiveText(group="decision")  # of a decision about names that cannot be compared

    class Meta:
        triggers = [CHECK_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="check_status", condition=Q(status__in=CheckStatus.values)),
            models.CheckConstraint(
                name="check_answered_unless_pending",
                condition=Q(status="pending", answered_at=None)
                | (~Q(status="pending") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="check_pending", condition=Q(status="pending")),
            models.Index(fields=["office", "status", "asked_at"]),
        ]

    def __str__(self) -> str:
        return f"ConflictCheck {self.pk}"

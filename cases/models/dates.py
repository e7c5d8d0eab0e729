"""The dates of a case with their history, the dates judges set, the facts it learned."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import APPEND, Case
from cases.words import CONFIDENCE, DEADLINES
from foundation.accounts.matters import MatterModel
from foundation.badges import GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import Rows, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText


class DeadlineStatus(BadgeChoices):
    OPEN = "open", _("Open")
    CONFIRMED = "confirmed", _("Confirmed")
    WAIVED = "waived", _("Waived")
    DONE = "done", _("Done")
    GONE = "gone", _("No longer applies")

    @property
    def tone(self) -> str:
        return {DeadlineStatus.OPEN: WARN, DeadlineStatus.CONFIRMED: GOOD, DeadlineStatus.DONE: GOOD}.get(
            self, QUIET
        )


# Dates someone works towards; the others wait for nobody.
LIVE = (DeadlineStatus.OPEN, DeadlineStatus.CONFIRMED)
DEADLINE_LIFE = Lifecycle(
    {
        DeadlineStatus.OPEN: {
            DeadlineStatus.CONFIRMED,
            DeadlineStatus.WAIVED,
            DeadlineStatus.DONE,
            DeadlineStatus.GONE,
        },
        DeadlineStatus.CONFIRMED: {
            DeadlineStatus.OPEN,
            DeadlineStatus.WAIVED,
            DeadlineStatus.DONE,
            DeadlineStatus.GONE,
        },
        DeadlineStatus.WAIVED: {DeadlineStatus.OPEN},
        DeadlineStatus.DONE: {DeadlineStatus.OPEN},
        DeadlineStatus.GONE: {DeadlineStatus.OPEN},
    }
)


class Deadline(MatterModel):
    """A date with the rule and the inputs that made it. Names and rules come from cases/data/.

    Its key follows from matter and rule (`part_of`). Where the day itself is a birthday, it stands in
    `hidden` and `date` stays empty; what is written beside a date may tell a birthday too, so `note` is
    sealed.
    """

    PRIVACY: ClassVar = {
        "internal": "case key name date unmoved_date rule citation confidence audience status decided_by"
        " decided_at computed_at reminded_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(attorney="select insert update")
    LIFE: ClassVar = DEADLINE_LIFE

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    date = models.DateField(null=True)
    unmoved_date = models.DateField(null=True)
    hidden = SensitiveJSON(group="dates", null=True)
    rule = models.TextField(blank=True)
    citation = models.TextField(blank=True)
    confidence = models.CharField(max_length=12)
    audience = models.CharField(max_length=10)
    inputs = SensitiveJSON(group="dates", default=dict)
    note = SensitiveText(group="dates", null=True)
    status = models.CharField(max_length=10, choices=DeadlineStatus.choices, default=DeadlineStatus.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [models.F("date").asc(nulls_last=True), "key"]
        triggers = [DEADLINE_LIFE.trigger()]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="one_deadline_per_rule"),
            models.CheckConstraint(name="deadline_status", condition=Q(status__in=DeadlineStatus.values)),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.case_id}"

    @property
    def label(self) -> str:
        """The date's name in the reader's language."""
        return str(DEADLINES.get(self.key, self.name))

    @property
    def confidence_words(self) -> str:
        return str(CONFIDENCE.get(self.confidence, self.confidence))


class Happened(models.TextChoices):
    """What happened to a date."""

    APPEARED = "appeared", _("New")
    MOVED = "moved", _("Moved")
    GONE = "gone", _("No longer applies")
    RETURNED = "returned", _("Applies again")
    CONFIRMED = "confirmed", _("Confirmed")
    WAIVED = "waived", _("Waived")
    DONE = "done", _("Marked done")
    REOPENED = "reopened", _("Opened again")


class DeadlineChange(MatterModel):
    """One change of a date: what happened, why, by whom. Never edited.

    `reasons` are codes (cases/rules/changes.py); `days` holds {"from", "to"}; `note` what a person wrote.
    """

    PRIVACY: ClassVar = {"internal": "deadline kind reasons actor at"}
    ROWS: ClassVar[Rows] = matter_rows(caseworker=APPEND, attorney=APPEND)

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Happened.choices)
    reasons = models.JSONField(default=list)
    days = SensitiveJSON(group="dates", default=dict)
    note = SensitiveText(group="dates")
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.deadline_id}"


class JudgeDate(MatterModel):
    """A date a judge set in place of a rule's: a fact of its own, with where it was read.

    It wins until someone removes it with a reason.
    """

    PRIVACY: ClassVar = {"internal": "case replaces date set_by set_at removed_by removed_at"}
    ROWS: ClassVar[Rows] = matter_rows(attorney="select insert update")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="judge_dates")
    replaces = models.CharField(max_length=60)
    date = models.DateField()
    source = SensitiveText(group="dates")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    removal = SensitiveText(group="dates")
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.CheckConstraint(
                name="judge_date_removed_by_someone",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.replaces} {self.case_id}"


class CaseFacts(MatterModel):
    """What the case learned since the intake: the keys of the deadline engine, sealed as one value.

    Every save is a new row; the newest counts. A key with null says that what was told is not so.
    """

    PRIVACY: ClassVar = {"internal": "case written_by written_at"}
    ROWS: ClassVar[Rows] = matter_rows(caseworker=APPEND, attorney=APPEND)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    values = SensitiveJSON(group="dates", default=dict)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"CaseFacts {self.pk}"

"""The matter once opened: the case, who may read it, its dates, its notes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.words import CONFIDENCE, DEADLINES
from foundation.accounts.files import FileModel
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import OFFICE_FILES, OWN, Rows, Rule, file_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText
from intake.models import Applicant, Intake
from screening.models import Band


class Status(BadgeChoices):
    IN_TRIAGE = "in_triage", _("In triage")
    SEEKING_COUNSEL = "seeking_counsel", _("Seeking counsel")
    REPRESENTED = "represented", _("Represented")
    REFERRED_OUT = "referred_out", _("Referred out")
    DECLINED = "declined", _("Declined")
    CLOSED = "closed", _("Closed")

    @property
    def tone(self) -> str:
        return {Status.IN_TRIAGE: WARN, Status.REPRESENTED: GOOD, Status.DECLINED: BAD}.get(self, QUIET)


# A case in one of these is open: `closed_at` is empty (a CHECK says the same).
OPEN = (Status.IN_TRIAGE, Status.SEEKING_COUNSEL, Status.REPRESENTED)


class Track(models.TextChoices):
    UNKNOWN = "unknown", _("Not known yet")
    AFFIRMATIVE = "affirmative", _("Affirmative (USCIS)")
    DEFENSIVE = "defensive", _("Defensive (immigration court)")


APPEND = "select insert"

CASE_LIFE = Lifecycle(
    {
        Status.IN_TRIAGE: {Status.SEEKING_COUNSEL, Status.REFERRED_OUT, Status.DECLINED, Status.CLOSED},
        Status.SEEKING_COUNSEL: {Status.REPRESENTED, Status.REFERRED_OUT, Status.CLOSED},
        Status.REPRESENTED: {Status.SEEKING_COUNSEL, Status.CLOSED},
    }
)


class Case(FileModel):
    """One person's matter. `reference` is what people say on the phone; it tells nothing."""

    PRIVACY: ClassVar = {
        "internal": "intake applicant reference status track band score country look_by caseworker"
        " look_reminded_at opened_at triaged_at triaged_by closed_at legal_hold"
    }
    ROWS: ClassVar[Rows] = file_rows(attorney="select update")
    LIFE: ClassVar = CASE_LIFE

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.IN_TRIAGE)
    track = models.CharField(max_length=12, choices=Track.choices, default=Track.UNKNOWN)
    band = models.CharField(max_length=10, choices=Band.choices)
    score = models.PositiveSmallIntegerField()
    country = models.CharField(max_length=2, blank=True)
    look_by = models.DateField()
    look_reminded_at = models.DateTimeField(null=True)
    caseworker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    triaged_at = models.DateTimeField(null=True)
    triaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    legal_hold = models.BooleanField(default=False)

    class Meta:
        triggers = [CASE_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="case_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="case_band", condition=Q(band__in=Band.values)),
            models.CheckConstraint(
                name="case_triaged_by_someone",
                condition=Q(triaged_at=None, triaged_by=None)
                | Q(triaged_at__isnull=False, triaged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="case_closed_when_over",
                condition=Q(closed_at=None, status__in=["in_triage", "seeking_counsel", "represented"])
                | Q(closed_at__isnull=False, status__in=["referred_out", "declined", "closed"]),
            ),
        ]
        indexes = [models.Index(fields=["office", "status", "-score"])]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Scope(models.TextChoices):
    NAMES = "names", _("The names, to check for a conflict")
    FILE = "file", _("The whole file")


class CaseAccess(FileModel):
    """The right of someone outside the office's staff to read one case, for a reason and a time.

    Written only by the database's own functions (cases/sql.py), which check who asks and record it.
    `scope` "names" shows the applicant's row alone, and lets its holder take the whole file on.
    """

    PRIVACY: ClassVar = {"internal": "case user scope reason granted_at expires_at revoked_at"}
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select", OFFICE_FILES),
        "administrator": Rule("select", OFFICE_FILES),
        "attorney": Rule("select", OWN),
        "system": Rule("select delete"),  # to erase a whole file; no one grants here
    }

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.FILE)
    reason = models.CharField(max_length=40)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "reason"], name="one_live_access", condition=Q(revoked_at=None)
            )
        ]
        indexes = [models.Index(fields=["user", "file_id"])]

    def __str__(self) -> str:
        return f"CaseAccess {self.case_id} {self.user_id}"


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


class Deadline(FileModel):
    """A date with the rule and the inputs that made it. Names and rules come from cases/data/.

    Its key follows from file and rule (`part_of`). Where the day itself is a birthday, it stands in `hidden`
    and `date` stays empty; what is written beside a date may tell a birthday too, so `note` is sealed.
    """

    PRIVACY: ClassVar = {
        "internal": "case key name date unmoved_date rule citation confidence audience status decided_by"
        " decided_at computed_at reminded_at"
    }
    ROWS: ClassVar[Rows] = file_rows(attorney="select insert update")
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


class DeadlineChange(FileModel):
    """One step in the history of a date: what happened, why, by whom. Never edited.

    `reasons` are codes (cases/rules/changes.py); `days` holds {"from", "to"}; `note` what a person wrote.
    """

    PRIVACY: ClassVar = {"internal": "deadline kind reasons actor at"}
    ROWS: ClassVar[Rows] = file_rows(caseworker=APPEND, attorney=APPEND)

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


class JudgeDate(FileModel):
    """A date a judge set in place of a rule's: a fact of its own, with where it was read.

    It wins until someone removes it with a reason.
    """

    PRIVACY: ClassVar = {"internal": "case replaces date set_by set_at removed_by removed_at"}
    ROWS: ClassVar[Rows] = file_rows(attorney="select insert update")

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


class CaseFacts(FileModel):
    """What the case learned since the intake: the keys of the deadline engine, sealed as one value.

    Every save is a new row; the newest counts. A key with null says that what was told is not so.
    """

    PRIVACY: ClassVar = {"internal": "case written_by written_at"}
    ROWS: ClassVar[Rows] = file_rows(caseworker=APPEND, attorney=APPEND)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    values = SensitiveJSON(group="dates", default=dict)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"CaseFacts {self.pk}"


class Note(FileModel):
    """What someone wrote down about a case."""

    PRIVACY: ClassVar = {"internal": "case author written_at"}
    ROWS: ClassVar[Rows] = file_rows(caseworker=APPEND, attorney=APPEND, administrator=APPEND)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = SensitiveText(group="notes")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"Note {self.pk}"

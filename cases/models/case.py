"""The case: its life, who may read it, what was noted about it."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Least, Right
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import ASSISTED, OFFICE_MATTERS, OWN, Rows, Rule, matter_rows
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
        # back into triage where its referral is taken out of the queue
        Status.SEEKING_COUNSEL: {Status.REPRESENTED, Status.IN_TRIAGE, Status.REFERRED_OUT, Status.CLOSED},
        Status.REPRESENTED: {Status.SEEKING_COUNSEL, Status.CLOSED},
        # opened again (cases/closing.py)
        Status.CLOSED: {Status.IN_TRIAGE},
        Status.DECLINED: {Status.IN_TRIAGE},
        Status.REFERRED_OUT: {Status.IN_TRIAGE},
    }
)


class WaitsOn(models.TextChoices):
    """Who acts next on an open case."""

    OFFICE = "office", _("Our office")
    ATTORNEY = "attorney", _("The attorney")
    PERSON = "person", _("The person")
    RECEIVER = "receiver", _("Another organization")


class HowTold(models.TextChoices):
    """How a person heard how their case ended, before their return page says so."""

    IN_PERSON = "in_person", _("In person, identity checked")
    SAFE_WAY = "safe_way", _("By the safe way they chose, with the person alone")
    OWN_WISH = "own_wish", _("They asked for it")


# Behind every day: where a case without one stands in a list by date.
NO_DAY = date(9999, 12, 31)
HIGHEST = 999  # of a score, as far as an order looks at it
RANK = models.Case(
    *(models.When(band=band, then=Value(rank)) for rank, band in enumerate(Band.values)),
    output_field=models.IntegerField(),
)


def place(expression: Any, output: "models.Field[Any, Any]") -> models.GeneratedField:
    """Return where a case stands in a list, kept by the database so that an index can hold the order."""
    return models.GeneratedField(expression=expression, output_field=output, db_persist=True)


def list_index(name: str, *fields: str, **which: Any) -> models.Index:
    """Return an index of one order of an office's open cases; the last field makes every place its own."""
    return models.Index(fields=["office", *fields, "id"], name=name, condition=Q(closed_at=None, **which))


class Case(MatterModel):
    """One person's matter. `reference` is what people say on the phone; it tells nothing.

    `told_at` is when a person heard how it ended; until then nothing that they can open says so.
    `rules_failed_at`: since when the rules cannot be run over it, so that nobody trusts its band and dates.
    `codes`, `live_date` with `live_key`, `hearing_on` and `waits_on` with `waits_since` are what lists are
    filtered and ordered by; cases/codes.py alone writes them (ADR 55).
    """

    PRIVACY: ClassVar = {
        "internal": "intake applicant reference reference_end status track band score country look_by"
        " next_code caseworker look_reminded_at opened_at triaged_at triaged_by closed_at legal_hold"
        " rules_failed_at told_at told_by told_how codes live_date live_key hearing_on waits_on"
        " waits_since urgency_place date_place caseworker_place"
    }
    ROWS: ClassVar[Rows] = matter_rows(attorney="select update")
    LIFE: ClassVar = CASE_LIFE

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    reference_end = place(Right("reference", 4), models.CharField(max_length=4))
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.IN_TRIAGE)
    track = models.CharField(max_length=12, choices=Track.choices, default=Track.UNKNOWN)
    band = models.CharField(max_length=10, choices=Band.choices)
    score = models.PositiveSmallIntegerField()
    country = models.CharField(max_length=2, blank=True)
    look_by = models.DateField()
    next_code = models.CharField(max_length=80, default="", blank=True)
    next_thing = SensitiveJSON(group="dates", null=True)
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
    rules_failed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    told_how = models.CharField(max_length=10, choices=HowTold.choices, blank=True)
    codes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    live_date = models.DateField(null=True)
    live_key = models.CharField(max_length=60, blank=True, default="")
    hearing_on = models.DateField(null=True)
    waits_on = models.CharField(max_length=10, choices=WaitsOn.choices, blank=True, default="")
    waits_since = models.DateTimeField()
    urgency_place = place(
        RANK * 1000 + HIGHEST - Least(F("score"), Value(HIGHEST)), models.PositiveIntegerField()
    )
    date_place = place(Coalesce("live_date", Value(NO_DAY)), models.DateField())
    caseworker_place = place(Coalesce(F("caseworker_id"), Value(0)), models.BigIntegerField())

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
                name="case_told_by_someone",
                condition=Q(told_at=None, told_by=None, told_how="")
                | Q(told_at__isnull=False, told_by__isnull=False, closed_at__isnull=False) & ~Q(told_how=""),
            ),
            models.CheckConstraint(
                name="case_closed_when_over",
                condition=Q(closed_at=None, status__in=["in_triage", "seeking_counsel", "represented"])
                | Q(closed_at__isnull=False, status__in=["referred_out", "declined", "closed"]),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "reference_end"], name="case_reference_end"),
            list_index("case_by_urgency", "urgency_place", "opened_at"),
            list_index("case_by_date", "date_place"),
            list_index("case_by_coming", "opened_at"),
            list_index("case_by_waiting", "waits_on", "waits_since"),
            list_index("case_by_since", "waits_since"),
            list_index("case_by_caseworker", "caseworker_place", "urgency_place", "opened_at"),
            list_index("case_unread", "urgency_place", "opened_at", triaged_at=None),
            list_index("case_look_by", "look_by", triaged_at=None),
            models.Index(
                fields=["office", "closed_at", "id"],
                name="case_ended",
                condition=Q(closed_at__isnull=False),
            ),
            GinIndex(fields=["codes"], name="case_codes", condition=Q(closed_at=None)),
            models.Index(fields=["office", "status", "-score"]),
            models.Index(
                fields=["office"], name="case_to_tell", condition=Q(closed_at__isnull=False, told_at=None)
            ),
            models.Index(
                fields=["office"], name="case_rules_failed", condition=Q(rules_failed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def rules_failed_on(self) -> date | None:
        """Since which day of its office no rule can be run over it; None where one can, or it is over."""
        since = self.rules_failed_at if self.is_open else None
        return self.office.today(since) if since else None

    @property
    def must_be_told(self) -> bool:
        """Tell whether it ended and nobody has told its person yet."""
        return self.closed_at is not None and self.told_at is None


class Scope(models.TextChoices):
    NAMES = "names", _("The names, to check for a conflict")
    MATTER = "file", _("The whole file")


class CaseAccess(MatterModel):
    """The right of someone outside the office's staff to read one case, for a reason and a time.

    Written only by the database's own functions (cases/sql.py), which check who asks and record it.
    `scope` "names" shows the applicant's row alone, and lets its holder take the whole matter on.
    """

    PRIVACY: ClassVar = {"internal": "case user scope reason granted_at expires_at revoked_at"}
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select", OFFICE_MATTERS),
        "administrator": Rule("select", OFFICE_MATTERS),
        "attorney": Rule("select", OWN),
        "assistant": Rule("select", ASSISTED),
        "system": Rule("select delete"),  # to erase a whole matter; no one grants here
    }

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.MATTER)
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
        indexes = [models.Index(fields=["user", "matter_id"])]

    def __str__(self) -> str:
        return f"CaseAccess {self.case_id} {self.user_id}"


class Note(MatterModel):
    """What someone wrote down about a case."""

    PRIVACY: ClassVar = {"internal": "case author written_at"}
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker=APPEND, attorney=APPEND, assistant=APPEND, administrator=APPEND
    )

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = SensitiveText(group="notes")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"Note {self.pk}"

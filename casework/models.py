"""The day's work on a case: what is to do, which tries there were, when one meets, when a court hears it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from casework.hours_models import LoggedHours, WorkKind
from casework.small_models import SmallKind, SmallStatus, SmallTask
from foundation.accounts.matters import MatterModel
from foundation.database.rows import Rows, matter_rows
from foundation.vault.fields import SensitiveText

# Found here by all who know the day's work.
__all__ = ["LoggedHours", "SmallKind", "SmallStatus", "SmallTask", "WorkKind"]

WORK: Rows = matter_rows(attorney="select insert update")


def person(**kwargs: Any) -> Any:
    """Return a column for somebody of the office."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **kwargs)


class WaitsFor(models.TextChoices):
    """Who has to do something before a task can be done."""

    US = "us", _("us")
    PERSON = "person", _("the person")
    ATTORNEY = "attorney", _("the attorney")
    OTHER = "other", _("somebody else")


class Task(MatterModel):
    """One thing to do on a case by a day: of the list of its track (`code`), or in words of the office's own.

    It is done, open again, or cancelled. Without an owner it is the caseworker's of the case.
    """

    PRIVACY: ClassVar = {
        "internal": "case code due_on waits_for owner made_by made_at done_by done_at cancelled_by"
        " cancelled_at"
    }
    ROWS: ClassVar[Rows] = WORK

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=30, blank=True)
    words = SensitiveText(group="tasks")
    due_on = models.DateField()
    waits_for = models.CharField(max_length=10, choices=WaitsFor.choices, default=WaitsFor.US)
    owner = person(null=True)
    made_by = person()
    made_at = models.DateTimeField()
    done_by = person(null=True)
    done_at = models.DateTimeField(null=True)
    cancelled_by = person(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="task_done_or_cancelled", condition=Q(done_at=None) | Q(cancelled_at=None)
            ),
            models.CheckConstraint(name="task_waits_for", condition=Q(waits_for__in=WaitsFor.values)),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_on"],
                name="task_open",
                condition=Q(done_at=None, cancelled_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"Task {self.pk}"


class Way(models.TextChoices):
    """By which way somebody was tried to be reached."""

    CALL = "call", _("Phone call")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    THROUGH = "through", _("Through someone")
    IN_PERSON = "in_person", _("In person")


class Result(models.TextChoices):
    """What came of a try."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    MESSAGE = "message", _("A message was left, as they allow")
    OTHER_PERSON = "other_person", _("Somebody else answered")
    WRONG = "wrong", _("The number or address is wrong")
    UNSAFE = "unsafe", _("It was not safe to talk")


class Interpreter(models.TextChoices):
    """Whether somebody interpreted, or is to."""

    NOT_NEEDED = "not_needed", _("Not needed")
    TO_BOOK = "to_book", _("To be booked")
    BOOKED = "booked", _("Booked")
    MISSING = "missing", _("Needed, and nobody was there")


class ContactTry(MatterModel):
    """One try to reach the person of a case, with what came of it; never changed, only struck out."""

    PRIVACY: ClassVar = {
        "internal": "case way result interpreter tried_at next_try_at noted_by noted_at struck_by struck_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker="select insert update(struck_by_id,struck_at)",
        attorney="select insert update(struck_by_id,struck_at)",
    )

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tries")
    way = models.CharField(max_length=10, choices=Way.choices)
    result = models.CharField(max_length=12, choices=Result.choices)
    interpreter = models.CharField(max_length=10, choices=Interpreter.choices, default=Interpreter.NOT_NEEDED)
    note = SensitiveText(group="tries")
    tried_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    noted_by = person()
    noted_at = models.DateTimeField()
    struck_by = person(null=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="try_way", condition=Q(way__in=Way.values)),
            models.CheckConstraint(name="try_result", condition=Q(result__in=Result.values)),
            models.CheckConstraint(name="try_interpreter", condition=Q(interpreter__in=Interpreter.values)),
        ]
        indexes = [
            models.Index(
                fields=["office", "next_try_at"],
                name="try_next",
                condition=Q(next_try_at__isnull=False, struck_at=None),
            ),
            models.Index(fields=["case", "-tried_at"], name="try_newest"),
        ]

    def __str__(self) -> str:
        return f"ContactTry {self.pk}"


class Meeting(models.TextChoices):
    """How one meets."""

    OFFICE = "office", _("At the office")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")
    VISIT = "visit", _("We visit them")


class Came(models.TextChoices):
    """What became of an appointment; "" until then."""

    HELD = "held", _("It took place")
    NO_SHOW = "no_show", _("They did not come")
    CANCELLED = "cancelled", _("Cancelled")
    MOVED = "moved", _("Moved to another time")


class Appointment(MatterModel):
    """When we meet the person of a case; moved, it names the one that takes its place."""

    PRIVACY: ClassVar = {
        "internal": "case meeting starts_at minutes interpreter with_whom came moved_to made_by made_at"
        " ended_by ended_at"
    }
    ROWS: ClassVar[Rows] = WORK

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appointments")
    meeting = models.CharField(max_length=8, choices=Meeting.choices)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = SensitiveText(group="appointments")
    interpreter = models.CharField(max_length=10, choices=Interpreter.choices, default=Interpreter.NOT_NEEDED)
    with_whom = person()
    came = models.CharField(max_length=10, choices=Came.choices, blank=True)
    moved_to = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_from")
    made_by = person()
    made_at = models.DateTimeField()
    ended_by = person(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="appointment_meeting", condition=Q(meeting__in=Meeting.values)),
            models.CheckConstraint(
                name="appointment_interpreter", condition=Q(interpreter__in=Interpreter.values)
            ),
            models.CheckConstraint(
                name="appointment_ended_is_whole",
                condition=Q(came="", ended_at=None, ended_by=None, moved_to=None)
                | Q(came__in=Came.values, ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_moved_to_another", condition=Q(moved_to=None) | Q(came="moved")
            ),
            models.CheckConstraint(
                name="appointment_not_moved_to_itself", condition=Q(moved_to=None) | ~Q(moved_to=F("id"))
            ),
        ]
        indexes = [
            models.Index(fields=["office", "starts_at"], name="appointment_open", condition=Q(came=""))
        ]

    def __str__(self) -> str:
        return f"Appointment {self.pk}"


class HearingKind(models.TextChoices):
    """What the court hears; each is a fact that dates are counted from (cases/rules/facts.py)."""

    MASTER = "master_hearing", _("Master hearing")
    INDIVIDUAL = "individual_hearing", _("Individual hearing")
    DETAINED = "detained_hearing", _("Hearing in detention")


class Held(models.TextChoices):
    """What came of a hearing; "" until then."""

    HELD = "held", _("It was held")
    PUT_OFF = "put_off", _("It was put off")
    MISSED = "missed", _("The person was not there")
    CANCELLED = "cancelled", _("The court cancelled it")
    MISTAKE = "mistake", _("Written down by mistake")


class Hearing(MatterModel):
    """One hearing before the court, with what the facts do not say: the hour, the judge, who interprets.

    Its day is written into the facts of the case, which the dates are counted from: there it is the truth.
    """

    PRIVACY: ClassVar = {
        "internal": "case kind court starts_at by_video interpreter outcome noted_by noted_at ended_by"
        " ended_at"
    }
    ROWS: ClassVar[Rows] = WORK

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hearings")
    kind = models.CharField(max_length=20, choices=HearingKind.choices)
    court = models.CharField(max_length=10, blank=True)
    judge = SensitiveText(group="hearings")
    starts_at = models.DateTimeField()
    by_video = models.BooleanField(default=False)
    interpreter = models.CharField(max_length=10, choices=Interpreter.choices, default=Interpreter.NOT_NEEDED)
    outcome = models.CharField(max_length=10, choices=Held.choices, blank=True)
    outcome_note = SensitiveText(group="hearings")
    noted_by = person()
    noted_at = models.DateTimeField()
    ended_by = person(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="hearing_kind", condition=Q(kind__in=HearingKind.values)),
            models.CheckConstraint(
                name="hearing_interpreter", condition=Q(interpreter__in=Interpreter.values)
            ),
            models.CheckConstraint(
                name="hearing_ended_is_whole",
                condition=Q(outcome="", ended_at=None, ended_by=None)
                | Q(outcome__in=Held.values, ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Hearing {self.pk}"

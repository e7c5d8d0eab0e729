"""What a person seeking help tells us: a draft, its answers, the consent, who they are, how to reach them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import PersonalJSON, PersonalText, SensitiveJSON
from intake.words import WAYS


class Applicant(models.Model):
    """A person seeking help. Client on acceptance and respondent in court are roles, not models."""

    PRIVACY: ClassVar = {"internal": "id office language created_at"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    given_names = PersonalText(blank=True)
    family_name = PersonalText(blank=True)
    other_names = PersonalText(blank=True)
    birth_date = PersonalText(blank=True)
    citizenship = PersonalJSON(default=list)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Applicant {self.pk}"

    @property
    def full_name(self) -> str:
        """The name as typed; never put into a log, a title or a message."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)


class SafeContact(models.Model):
    """How this person may be reached without harm."""

    PRIVACY: ClassVar = {"internal": "id applicant may_leave_message"}

    applicant = models.OneToOneField(Applicant, on_delete=models.CASCADE, related_name="safe_contact")
    channels = PersonalJSON(default=list)
    phone = PersonalText(blank=True)
    email = PersonalText(blank=True)
    safe_times = PersonalText(blank=True)
    may_leave_message = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"SafeContact {self.applicant_id}"

    @property
    def ways(self) -> list[str]:
        """The safe ways in words for staff."""
        return [str(WAYS.get(channel, channel)) for channel in self.channels]


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


INTAKE_LIFE = Lifecycle({Status.DRAFT: {Status.SUBMITTED}, Status.SUBMITTED: {Status.WITHDRAWN}})


class Intake(models.Model):
    """One set of answers, from draft to submitted.

    `start_key` comes from the page that offered the form, so a doubled first click makes one draft.
    `locator` and `secret_hash` are the receipt: eight digits that find it, sixteen that open it.
    """

    PRIVACY: ClassVar = {
        "internal": "id office applicant status start_key language locator secret_hash"
        " created_at saved_at submitted_at expires_at"
    }
    LIFE: ClassVar = INTAKE_LIFE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Applicant, null=True, on_delete=models.PROTECT, related_name="intakes")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    start_key = models.UUIDField(unique=True, default=uuid.uuid4)
    language = models.CharField(max_length=10)
    locator = models.CharField(max_length=8, unique=True, null=True)  # noqa: DJ001  a draft has none
    secret_hash = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        triggers = [INTAKE_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="intake_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="intake_submitted_is_whole",
                condition=Q(status="draft", submitted_at=None, applicant=None, locator=None)
                | Q(
                    ~Q(status="draft"),
                    submitted_at__isnull=False,
                    applicant__isnull=False,
                    locator__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="draft_expiry", condition=Q(status="draft"))]

    def __str__(self) -> str:
        return f"Intake {self.pk}"


class Answer(models.Model):
    """What was answered on one page of the form."""

    PRIVACY: ClassVar = {"internal": "id intake page saved_at"}

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="answers")
    page = models.SlugField(max_length=30)
    value = SensitiveJSON(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "page"], name="one_answer_per_page")]

    def __str__(self) -> str:
        return f"Answer {self.page} {self.intake_id}"


class Consent(models.Model):
    """The yes that lets us keep and read the answers, with the wording it was given to."""

    PRIVACY: ClassVar = {"internal": "id intake wording language given_at"}

    intake = models.OneToOneField(Intake, on_delete=models.CASCADE, related_name="consent")
    wording = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Consent {self.intake_id}"

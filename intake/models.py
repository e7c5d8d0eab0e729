"""What a person seeking help tells us: a draft, its answers, the consent, who they are, how to reach them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.files import FileModel
from foundation.database.rows import Rows, file_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import PersonalJSON, PersonalText, SensitiveJSON

REACHABLE = "file_id = ANY(ARRAY(SELECT f FROM sec.reachable_files() f))"


class Applicant(FileModel):
    """A person seeking help. Client on acceptance and respondent in court are roles, not models.

    Someone to whom the case was offered may read this row and no other, to check the names for a conflict.
    """

    PRIVACY: ClassVar = {"internal": "language created_at"}
    ROWS: ClassVar[Rows] = file_rows(applicant="insert", attorney_sees=REACHABLE)

    given_names = PersonalText(group="identity")
    family_name = PersonalText(group="identity")
    other_names = PersonalText(group="identity")
    birth_date = PersonalText(group="identity")
    citizenship = PersonalJSON(group="identity", default=list)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Applicant {self.pk}"


class SafeContact(FileModel):
    """How this person may be reached without harm. The indexes find a phone or an e-mail by equality."""

    PRIVACY: ClassVar = {"internal": "applicant may_leave_message phone_index email_index"}
    ROWS: ClassVar[Rows] = file_rows(applicant="insert")

    applicant = models.OneToOneField(Applicant, on_delete=models.CASCADE, related_name="safe_contact")
    channels = PersonalJSON(group="contact", default=list)
    phone = PersonalText(group="contact")
    email = PersonalText(group="contact")
    safe_times = PersonalText(group="contact")
    phone_index = models.BinaryField(max_length=16, null=True, db_index=True)
    email_index = models.BinaryField(max_length=16, null=True, db_index=True)
    may_leave_message = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"SafeContact {self.applicant_id}"


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


INTAKE_LIFE = Lifecycle({Status.DRAFT: {Status.SUBMITTED}, Status.SUBMITTED: {Status.WITHDRAWN}})


class Intake(FileModel):
    """One set of answers, from draft to submitted. Its `file_id` is where a person's file begins.

    `locator` and `secret_hash` are the receipt: eight digits that find it, sixteen that open it.
    """

    PRIVACY: ClassVar = {
        "internal": "applicant status language locator secret_hash"
        " created_at saved_at submitted_at expires_at"
    }
    ROWS: ClassVar[Rows] = file_rows(applicant="select insert update")
    LIFE: ClassVar = INTAKE_LIFE

    applicant = models.ForeignKey(Applicant, null=True, on_delete=models.PROTECT, related_name="intakes")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
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
            models.UniqueConstraint(fields=["file_id"], name="one_intake_per_file"),
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


class Answer(FileModel):
    """What was answered on one page of the form. Its key follows from file and page (`part_of`)."""

    PRIVACY: ClassVar = {"internal": "intake page saved_at"}
    ROWS: ClassVar[Rows] = file_rows(applicant="select insert update")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="answers")
    page = models.SlugField(max_length=30)
    value = SensitiveJSON(group="answers", default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "page"], name="one_answer_per_page")]

    def __str__(self) -> str:
        return f"Answer {self.page} {self.intake_id}"


class Consent(FileModel):
    """The yes that lets us keep and read the answers, with the wording it was given to."""

    PRIVACY: ClassVar = {"internal": "intake wording language given_at"}
    ROWS: ClassVar[Rows] = file_rows(applicant="select insert")

    intake = models.OneToOneField(Intake, on_delete=models.CASCADE, related_name="consent")
    wording = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Consent {self.intake_id}"

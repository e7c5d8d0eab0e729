"""How a person is asked outside the form: through whom on the telephone, and once more after it was sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.accounts.models import User
from foundation.database.rows import Rows, matter_rows
from foundation.vault.fields import SensitiveText


class Interpreted(models.TextChoices):
    """Who interprets where a form is taken down on the telephone; "" of what people fill in themselves."""

    NOBODY = "nobody", _("Nobody: we speak their language")
    OFFICE = "office", _("Somebody of the office")
    SERVICE = "service", _("An interpreter of a service")
    THEIRS = "theirs", _("Somebody who is with them")


class AnsweredHow(models.TextChoices):
    """By which way the answer to a question came."""

    RECEIPT = "receipt", _("With the receipt, by text or by e-mail")
    CALL = "call", _("On the telephone")
    IN_PERSON = "in_person", _("In person")


class Question(MatterModel):
    """What staff ask the person after the form was sent, and the answer, as they told it.

    `posting` is how it stands on the return page; None where it is asked only when one talks. It is open
    until it is answered or not needed any more.
    """

    PRIVACY: ClassVar = {
        "internal": "intake posting asked_by asked_at how answered_by answered_at dropped_by dropped_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(attorney="select update(dropped_by_id,dropped_at)")

    intake = models.ForeignKey("intake.Intake", on_delete=models.CASCADE, related_name="asked_later")
    posting = models.OneToOneField(
        "intake.Posting", null=True, on_delete=models.SET_NULL, related_name="question"
    )
    words = SensitiveText(group="questions")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = SensitiveText(group="questions", null=True, default=None)
    how = models.CharField(max_length=10, choices=AnsweredHow.choices, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="question_answered_is_whole",
                condition=Q(answered_at=None, answered_by=None, how="", answer__isnull=True)
                | Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    answer__isnull=False,
                    how__in=AnsweredHow.values,
                ),
            ),
            models.CheckConstraint(
                name="question_dropped_by_someone",
                condition=Q(dropped_at=None, dropped_by=None)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False, answered_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["intake"], name="question_open", condition=Q(answered_at=None, dropped_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"

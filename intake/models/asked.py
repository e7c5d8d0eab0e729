"""A paper that staff ask the person for, and the files that came for it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.accounts.models import User
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import OWN_MATTER, Rows, Rule, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.files.models import Upload
from foundation.vault.fields import PersonalText

OWN = "own"  # the code of what is on no list: it has words of its own


class AskedStatus(BadgeChoices):
    ASKED = "asked", _("Asked for")
    ANSWERED = "answered", _("To look at")
    ACCEPTED = "accepted", _("In")
    NOT_NEEDED = "not_needed", _("Not needed")
    CANNOT = "cannot", _("Cannot be had")

    @property
    def tone(self) -> str:
        return {AskedStatus.ANSWERED: WARN, AskedStatus.ACCEPTED: GOOD, AskedStatus.CANNOT: BAD}.get(
            self, QUIET
        )


ENDS = {AskedStatus.ACCEPTED, AskedStatus.NOT_NEEDED, AskedStatus.CANNOT}
ASKED_LIFE = Lifecycle(
    {AskedStatus.ASKED: {AskedStatus.ANSWERED, *ENDS}, AskedStatus.ANSWERED: {AskedStatus.ASKED, *ENDS}}
)


class PaperAnswer(models.TextChoices):
    """What the person says of a paper that is asked for."""

    SENT = "sent", _("Sent it")
    BRING = "bring", _("Will bring it")
    NONE = "none", _("Does not have it")
    CANNOT = "cannot", _("Cannot get it")


class WhyAgain(models.TextChoices):
    """Why a paper is asked for once more, in words for its person."""

    UNREADABLE = "unreadable", _("We cannot read it.")
    PART = "part", _("A page is missing.")
    ANOTHER = "another", _("It is another paper than we need.")
    NEWER = "newer", _("There is a newer one.")


class AskedPaper(MatterModel):
    """One paper that is asked for, until it is in, not needed, or cannot be had.

    `code` names a line of the checklist (intake/checklist.py), or OWN with `words` of staff's own. `number`
    counts those of a matter: all that an address says of it. Only one that stands `on_page` is shown to
    whoever holds the receipt; the others are asked for by a person. `answer` is what the person said, `again`
    why it is asked for once more.
    """

    PRIVACY: ClassVar = {
        "internal": "intake number code on_page due_on status answer answered_at again asked_by asked_at"
        " reminded_at"
    }
    ROWS: ClassVar[Rows] = {
        **matter_rows(attorney="select insert update"),
        "applicant": Rule(
            "select update(status,answer,answered_at)",
            f"{OWN_MATTER} AND on_page",
            f"{OWN_MATTER} AND on_page AND status = 'answered'",
        ),
    }
    LIFE: ClassVar = ASKED_LIFE

    intake = models.ForeignKey("intake.Intake", on_delete=models.CASCADE, related_name="asked_papers")
    number = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=20)
    words = PersonalText(group="posting", null=True, default=None)
    on_page = models.BooleanField()
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=12, choices=AskedStatus.choices, default=AskedStatus.ASKED)
    answer = models.CharField(max_length=8, choices=PaperAnswer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    again = models.CharField(max_length=12, choices=WhyAgain.choices, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [ASKED_LIFE.trigger()]
        constraints = [
            models.UniqueConstraint(fields=["matter_id", "number"], name="one_asked_paper_of_a_number"),
            models.UniqueConstraint(
                fields=["matter_id", "code"],
                name="one_live_asked_paper_of_a_code",
                condition=Q(status__in=["asked", "answered"]) & ~Q(code=OWN),
            ),
            models.CheckConstraint(name="asked_paper_status", condition=Q(status__in=AskedStatus.values)),
            models.CheckConstraint(
                name="asked_paper_has_words",
                condition=Q(code=OWN, words__isnull=False) | ~Q(code=OWN) & Q(words__isnull=True),
            ),
            models.CheckConstraint(
                name="asked_paper_answered",
                condition=~Q(status="answered") | Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], name="asked_paper_due", condition=Q(status="asked", reminded_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"AskedPaper {self.number} {self.pk}"


class AskedFile(MatterModel):
    """A file that came for a paper that was asked for."""

    PRIVACY: ClassVar = {"internal": "asked upload"}
    ROWS: ClassVar[Rows] = matter_rows(applicant="select insert")

    asked = models.ForeignKey(AskedPaper, on_delete=models.CASCADE, related_name="files")
    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"AskedFile {self.pk}"

"""What a person seeking help tells us: a draft, its answers, the consent, who they are."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.accounts.models import User
from foundation.database.rows import OWN_MATTER, Rows, Rule, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import PersonalJSON, PersonalText, SensitiveJSON
from foundation.work.models import MAY_DECIDE, Due, line_indexes, stuck_in_line
from intake.models.asked import ASKED_LIFE, OWN, AskedFile, AskedPaper, AskedStatus, PaperAnswer, WhyAgain
from intake.models.asking import AnsweredHow, Interpreted, Question

__all__ = [
    "ASKED_LIFE",
    "ENDED",
    "INTAKE_LIFE",
    "OWN",
    "WISH_LIFE",
    "Answer",
    "AnsweredHow",
    "Applicant",
    "AskedFile",
    "AskedPaper",
    "AskedStatus",
    "Consent",
    "EarlierAnswer",
    "Intake",
    "Interpreted",
    "Narrative",
    "PaperAnswer",
    "Posting",
    "Progress",
    "Question",
    "Status",
    "Step",
    "WhyAgain",
    "Wish",
    "WishStatus",
]

REACHABLE = "file_id = ANY(ARRAY(SELECT f FROM sec.reachable_files() f))"


class Applicant(MatterModel):
    """A person seeking help. Client on acceptance and respondent in court are roles, not models.

    Someone to whom the case was offered may read this row and no other, to check the names for a conflict.
    """

    PRIVACY: ClassVar = {"internal": "language created_at"}
    ROWS: ClassVar[Rows] = matter_rows(applicant="insert", attorney_sees=REACHABLE)

    given_names = PersonalText(group="identity")
    middle_names = PersonalText(group="identity", null=True, default=None)
    family_name = PersonalText(group="identity")
    other_names = PersonalText(group="identity")
    birth_date = PersonalText(group="identity")
    citizenship = PersonalJSON(group="identity", default=list)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Applicant {self.pk}"


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


INTAKE_LIFE = Lifecycle({Status.DRAFT: {Status.SUBMITTED}, Status.SUBMITTED: {Status.WITHDRAWN}})


class Intake(MatterModel, Due):
    """One set of answers, from draft to submitted. Its `matter_id` is where a person's matter begins.

    `locator` and `secret_hash` are the receipt: eight digits that find it, sixteen that open it.
    `helped` is true where somebody else answers: their receipt may add, and ask for nothing else, until
    staff have spoken with the person alone. `story_open_at` is when staff invited the story. `is_short`: what
    is urgent is sent first, without the rest. `may_reach`: they said that we may reach them where they stop
    before the end. `read_by` is the day by which the office promised, as it was sent, that a person reads it;
    None where it promises none. A draft is in the worker's line while it has names that nobody compared yet.
    `held` are the megabytes of its files, rounded up. `in_burst`: it was begun or sent while very many were;
    staff may put it aside (bursts.py). `interpreted`: who interpreted where staff took it down.
    """

    PRIVACY: ClassVar = {
        "internal": "applicant status language locator secret_hash created_at saved_at submitted_at"
        " expires_at helped spoken_alone_at typed_by urgent alerted_at story_open_at is_short may_reach"
        " read_by held in_burst put_aside_at put_aside_by interpreted"
    }
    ROWS: ClassVar[Rows] = matter_rows(applicant="select insert update", administrator=MAY_DECIDE)
    LIFE: ClassVar = INTAKE_LIFE

    applicant = models.ForeignKey(Applicant, null=True, on_delete=models.PROTECT, related_name="intakes")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    language = models.CharField(max_length=10)
    locator = models.CharField(max_length=8, unique=True, null=True)  # noqa: DJ001  none until it is shown
    secret_hash = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    helped = models.BooleanField(default=False)
    spoken_alone_at = models.DateTimeField(null=True)
    typed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    urgent = models.BooleanField(default=False)
    alerted_at = models.DateTimeField(null=True)
    story_open_at = models.DateTimeField(null=True)
    is_short = models.BooleanField(default=False)
    may_reach = models.BooleanField(default=False)
    read_by = models.DateField(null=True)
    held = models.PositiveIntegerField(default=0)
    in_burst = models.BooleanField(default=False)
    put_aside_at = models.DateTimeField(null=True)
    put_aside_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    interpreted = models.CharField(max_length=8, choices=Interpreted.choices, blank=True)

    class Meta:
        triggers = [INTAKE_LIFE.trigger()]
        constraints = [
            models.UniqueConstraint(fields=["matter_id"], name="one_intake_per_file"),
            models.CheckConstraint(name="intake_status", condition=Q(status__in=Status.values)),
            stuck_in_line("draft_names"),
            models.CheckConstraint(
                name="intake_interpreted", condition=Q(interpreted__in=["", *Interpreted.values])
            ),
            models.CheckConstraint(
                name="intake_put_aside_by_someone",
                condition=Q(put_aside_at=None, put_aside_by=None)
                | Q(put_aside_at__isnull=False, put_aside_by__isnull=False, in_burst=True),
            ),
            models.CheckConstraint(
                name="intake_submitted_is_whole",
                condition=Q(status="draft", submitted_at=None, applicant=None)
                | Q(
                    ~Q(status="draft"),
                    submitted_at__isnull=False,
                    applicant__isnull=False,
                    locator__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="draft_expiry", condition=Q(status="draft")),
            models.Index(fields=["office", "created_at"], name="intake_begun"),
            models.Index(
                fields=["office", "submitted_at"], name="intake_in_burst", condition=Q(in_burst=True)
            ),
            models.Index(fields=["matter_id"], name="intake_aside", condition=Q(put_aside_at__isnull=False)),
            *line_indexes("draft_names"),
            models.Index(
                fields=["saved_at"],
                name="draft_urgent",
                condition=Q(status="draft", urgent=True, alerted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Intake {self.pk}"

    @property
    def may_wish(self) -> bool:
        """Tell whether the receipt may do more than add: never a helper's, until staff spoke alone."""
        return not self.helped or self.spoken_alone_at is not None


class Answer(MatterModel):
    """What was answered on one page of the form. Its key follows from matter and page (`part_of`)."""

    PRIVACY: ClassVar = {"internal": "intake page saved_at"}
    ROWS: ClassVar[Rows] = matter_rows(applicant="select insert update")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="answers")
    page = models.SlugField(max_length=30)
    value = SensitiveJSON(group="answers", default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "page"], name="one_answer_per_page")]

    def __str__(self) -> str:
        return f"Answer {self.page} {self.intake_id}"


class EarlierAnswer(MatterModel):
    """What stood on a page before it was replaced after the answers were sent.

    Somebody who forces the receipt out of a person could overwrite what they told: nothing is lost to it.
    """

    PRIVACY: ClassVar = {"internal": "intake page saved_at replaced_at"}
    ROWS: ClassVar[Rows] = matter_rows(applicant="insert")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="earlier_answers")
    page = models.SlugField(max_length=30)
    value = SensitiveJSON(group="answers", default=dict)
    saved_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"EarlierAnswer {self.page} {self.intake_id}"


class Narrative(MatterModel):
    """Arrests and the person's own words: apart from the answers, for them and their attorney alone."""

    PRIVACY: ClassVar = {"internal": "intake page saved_at"}
    ROWS: ClassVar[Rows] = matter_rows(
        applicant="select insert update", caseworker="", assistant="", administrator=""
    )

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="narratives")
    page = models.SlugField(max_length=30)
    value = SensitiveJSON(group="narrative", default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "page"], name="one_narrative_per_page")]

    def __str__(self) -> str:
        return f"Narrative {self.page} {self.intake_id}"


class WishStatus(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Not confirmed")
    TAKEN_BACK = "taken_back", _("Taken back")


WISH_LIFE = Lifecycle({WishStatus.OPEN: {WishStatus.DONE, WishStatus.REFUSED, WishStatus.TAKEN_BACK}})
# A receipt may take back what it asked for, but that a way is not safe: that goes only through a person.
TAKES_BACK = f"{OWN_MATTER} AND status IN ('open', 'taken_back') AND status || kind <> 'taken_backunsafe'"


class Wish(MatterModel):
    """What somebody with the receipt asks for. Staff confirm it with the person before anything happens.

    `how` is how staff confirmed it: through the safe contact known before, or in person. One that was taken
    back with the receipt was decided by nobody.
    """

    PRIVACY: ClassVar = {"internal": "intake kind status asked_at decided_at decided_by how"}
    ROWS: ClassVar[Rows] = {
        **matter_rows(),
        "applicant": Rule("select insert update(status,decided_at)", OWN_MATTER, TAKES_BACK),
    }
    LIFE: ClassVar = WISH_LIFE

    class Kind(models.TextChoices):
        CALL = "call", _("Asks for a call")
        CONTACT = "contact", _("Has a new way to be reached")
        WITHDRAW = "withdraw", _("Does not want our help any more")
        DELETE = "delete", _("Wants the answers deleted")
        UNSAFE = "unsafe", _("The old way to reach them is not safe any more")

    class How(models.TextChoices):
        CONTACT = "contact", _("Through the safe contact we had before")
        IN_PERSON = "in_person", _("In person, identity checked")
        OTHER_WAY = "other_way", _("By another way, identity checked")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=WishStatus.choices, default=WishStatus.OPEN)
    value = PersonalJSON(group="wish", bound_to="intake_request.value", default=dict)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices, blank=True)

    class Meta:
        triggers = [WISH_LIFE.trigger()]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "kind"], name="one_open_wish_of_a_kind", condition=Q(status="open")
            ),
            models.CheckConstraint(
                name="wish_decided_by_someone",
                condition=Q(status="open", decided_at=None, decided_by=None)
                | Q(status="taken_back", decided_at__isnull=False, decided_by=None)
                | Q(status__in=["done", "refused"], decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Wish {self.kind} {self.pk}"


class Step(models.TextChoices):
    """How far a matter is, as its person is told; each has its words in `intake/progress.py`.

    `NEWS`: something was decided, which a person tells them first.
    """

    RECEIVED = "received", _("Received")
    READING = "reading", _("Being read")
    SEEKING = "seeking", _("Looking for a lawyer")
    TAKEN = "taken", _("A lawyer has it")
    NEWS = "news", _("There is news")
    HANDED_OVER = "handed_over", _("Handed over to others")
    DECLINED = "declined", _("We cannot take it")
    CLOSED = "closed", _("Closed")


# Once a person was told of one of these, the matter is over and nothing more is taken here.
ENDED = (Step.HANDED_OVER, Step.DECLINED, Step.CLOSED)


class Progress(MatterModel):
    """One step of a matter as whoever holds the receipt may see it; the last `number` counts. Never edited.

    The app above writes it, for the person at the public form reads no case.
    """

    PRIVACY: ClassVar = {"internal": "intake number step since"}
    ROWS: ClassVar[Rows] = matter_rows(applicant="select", caseworker="select")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="progress")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12, choices=Step.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="progress_step", condition=Q(step__in=Step.values)),
            models.UniqueConstraint(fields=["intake", "number"], name="one_step_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"Progress {self.step} {self.intake_id}"


class Posting(MatterModel):
    """What staff put on the return page: approved words, or their own that they marked as safe.

    Whoever holds the receipt reads it. `asks`: something is wanted of the person, until it is settled.
    """

    PRIVACY: ClassVar = {"internal": "intake kind asks posted_at posted_by settled_at settled_by"}
    ROWS: ClassVar[Rows] = matter_rows(applicant="select")

    class Kind(models.TextChoices):
        PAPER = "paper", _("Please send the paper we talked about")
        CALL = "call", _("Please call us")
        COME = "come", _("Please come to our office")
        LETTER = "letter", _("A letter from us is ready at our office")
        OWN = "own", _("Words of our own")

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="postings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = PersonalText(group="posting", null=True, default=None)
    asks = models.BooleanField(default=False)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="posting_has_words",
                condition=Q(kind="own", words__isnull=False) | ~Q(kind="own") & Q(words__isnull=True),
            ),
            models.CheckConstraint(
                name="posting_settled_by_someone",
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Posting {self.kind} {self.pk}"


class Consent(MatterModel):
    """The yes that lets us keep and read the answers, with the wording it was given to."""

    PRIVACY: ClassVar = {"internal": "intake wording language given_at"}
    ROWS: ClassVar[Rows] = matter_rows(applicant="select insert")

    intake = models.OneToOneField(Intake, on_delete=models.CASCADE, related_name="consent")
    wording = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Consent {self.intake_id}"

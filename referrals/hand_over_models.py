"""A person handed over to another organization, which says yes before it learns who it is; and whom they were
told of."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from directory.models import Organization
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import Rows, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import PersonalText, SensitiveText


class HandOverStatus(BadgeChoices):
    ASKED = "asked", _("The organization is asked")
    ACCEPTED = "accepted", _("The organization said yes")
    REFUSED = "refused", _("The organization said no")
    EXPIRED = "expired", _("No answer came")
    RESCINDED = "rescinded", _("Taken back")
    DONE = "done", _("Handed over")

    @property
    def tone(self) -> str:
        tones = {
            HandOverStatus.ASKED: WARN,
            HandOverStatus.ACCEPTED: GOOD,
            HandOverStatus.REFUSED: BAD,
            HandOverStatus.EXPIRED: BAD,
            HandOverStatus.DONE: GOOD,
        }
        return tones.get(self, QUIET)


HAND_OVER_LIFE = Lifecycle(
    {
        HandOverStatus.ASKED: {
            HandOverStatus.ACCEPTED,
            HandOverStatus.REFUSED,
            HandOverStatus.EXPIRED,
            HandOverStatus.RESCINDED,
        },
        HandOverStatus.ACCEPTED: {HandOverStatus.DONE, HandOverStatus.RESCINDED},
    }
)
LIVE_HAND_OVERS = (HandOverStatus.ASKED, HandOverStatus.ACCEPTED)
CAME_BACK = (HandOverStatus.REFUSED, HandOverStatus.EXPIRED)


class ConsentHow(models.TextChoices):
    """How a person said yes to this receiver."""

    IN_PERSON = "in_person", _("In person")
    SAFE_WAY = "safe_way", _("By the safe way they chose, with the person alone")
    SIGNED = "signed", _("Signed on paper")


class SentHow(models.TextChoices):
    """How the receiver gets the link."""

    EMAIL = "email", _("By e-mail, to its address for referrals")
    PHONE = "phone", _("I read it to them over the telephone: show it to me once")


class RefusalReason(models.TextChoices):
    """Why a receiver does not take somebody."""

    FULL = "full", _("No room now")
    FIT = "fit", _("Not our field, language or place")
    CONFLICT = "conflict", _("Conflict of interest")
    MORE = "more", _("We need to know more first: please call us")
    OTHER = "other", _("Another reason")


class GivenHow(models.TextChoices):
    """By which way the receiver learned who it is: never behind the link."""

    PHONE = "phone", _("Over the telephone")
    IN_PERSON = "in_person", _("In person")
    PAPER = "paper", _("On paper, given by hand")
    ENCRYPTED = "encrypted", _("By encrypted mail")
    THEMSELVES = "themselves", _("The person told them themselves")


class HandOver(MatterModel):
    """That one organization is asked to take one person, by a link that tells nothing of who it is.

    `receiver` is the organization's name as it was then; `organization` is None for what was handed over
    before there was a directory. `consent_how` and `consent_on` are the person's yes to this receiver.
    `summary` is what the receiver reads, `shown` the same sealed for the link alone, empty once it is over.
    The link's token follows from the id and a key outside the database; here is its hash. `reached_at`: when
    a person at the receiver was spoken with (`contact`). `given_how`: by which way they learned who it is.
    `seen_at`: a caseworker read a no, or that nobody answered, and goes on otherwise.
    """

    PRIVACY: ClassVar = {
        "internal": "case organization receiver status consent_how consent_on sent_how token_hash shown"
        " asked_by asked_at expires_at answered_at answered_by refusal reached_by reached_at"
        " given_how given_by given_at seen_by seen_at"
    }
    LIFE: ClassVar = HAND_OVER_LIFE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hand_overs")
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="hand_overs"
    )
    receiver = models.CharField(max_length=160)
    status = models.CharField(max_length=10, choices=HandOverStatus.choices, default=HandOverStatus.ASKED)
    consent_how = models.CharField(max_length=10, choices=ConsentHow.choices, blank=True)
    consent_on = models.DateField(null=True)
    sent_how = models.CharField(max_length=10, choices=SentHow.choices, blank=True)
    summary = SensitiveText(group="summary", null=True, default=None)
    shown = models.TextField(blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    note = SensitiveText(group="notes", bound_to="referrals_outsidereferral.note")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # Who wrote a telephone answer down; None where the link was answered.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    refusal = models.CharField(max_length=10, choices=RefusalReason.choices, blank=True)
    contact = PersonalText(group="contact", null=True, default=None)
    reached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reached_at = models.DateTimeField(null=True)
    given_how = models.CharField(max_length=10, choices=GivenHow.choices, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [HAND_OVER_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="hand_over_status", condition=Q(status__in=HandOverStatus.values)),
            models.UniqueConstraint(
                fields=["case"], name="one_live_hand_over", condition=Q(status__in=["asked", "accepted"])
            ),
            models.UniqueConstraint(
                fields=["token_hash"], name="one_hand_over_per_link", condition=~Q(token_hash="")
            ),
            # Nothing is asked without the person's yes to this receiver, and by a link that ends.
            models.CheckConstraint(
                name="hand_over_with_consent",
                condition=Q(organization=None, status="done")
                | Q(organization__isnull=False, consent_on__isnull=False, expires_at__isnull=False)
                & ~Q(consent_how=""),
            ),
            # What the link shows is there no longer than it may be read.
            models.CheckConstraint(
                name="hand_over_shows_while_asked", condition=Q(status="asked") | Q(shown="")
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="hand_over_expiry", condition=Q(status="asked"))]

    def __str__(self) -> str:
        return f"HandOver {self.pk}"


class ToldOf(MatterModel):
    """That the person of a case is told of one organization of the directory; nothing is sent there."""

    PRIVACY: ClassVar = {"internal": "case organization noted_by noted_at"}
    ROWS: ClassVar[Rows] = matter_rows()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="told_of")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "organization"], name="told_of_once")]

    def __str__(self) -> str:
        return f"ToldOf {self.pk}"

"""From a case that seeks counsel to a practitioner who has taken it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import OWN, Rows, matter_rows, office_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText


class PractitionerKind(models.TextChoices):
    ATTORNEY = "attorney", _("Attorney")
    ACCREDITED = "accredited", _("Accredited representative")


class Practitioner(models.Model):
    """Someone who may represent people: an attorney or an accredited representative (8 CFR 1292.1)."""

    PRIVACY: ClassVar = {"internal": "id user office kind languages countries tracks capacity accepting"}
    ROWS: ClassVar[Rows] = office_rows(caseworker="select", attorney="select", administrator="select")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practitioner"
    )
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PractitionerKind.choices)
    languages = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    tracks = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(default=3)
    accepting = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.user)

    def may_be_asked(self) -> bool:
        """Tell, as the database has it now, whether a case may be offered to them."""
        row = Practitioner.objects.filter(
            pk=self.pk, accepting=True, user__is_active=True, office__memberships__user=F("user")
        ).first()
        return bool(row and row.has_room())

    def has_room(self) -> bool:
        """Tell whether they hold fewer cases than they said they can take."""
        return self.assignments.filter(ended_at=None).count() < self.capacity


class Queue(models.Model):
    """A waiting line of referrals in one office."""

    PRIVACY: ClassVar = {"internal": "id office slug name"}
    ROWS: ClassVar[Rows] = office_rows(caseworker="select", attorney="select", administrator="select")

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="queues")
    slug = models.SlugField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "slug"], name="one_queue_per_slug")]

    def __str__(self) -> str:
        return self.name


class ReferralStatus(BadgeChoices):
    QUEUED = "queued", _("In the queue")
    OFFERED = "offered", _("Offered")
    PLACED = "placed", _("Placed")
    RETURNED = "returned", _("Returned")

    @property
    def tone(self) -> str:
        return {ReferralStatus.OFFERED: WARN, ReferralStatus.PLACED: GOOD}.get(self, QUIET)


REFERRAL_LIFE = Lifecycle(
    {
        ReferralStatus.QUEUED: {ReferralStatus.OFFERED, ReferralStatus.RETURNED},
        ReferralStatus.OFFERED: {ReferralStatus.QUEUED, ReferralStatus.PLACED, ReferralStatus.RETURNED},
        ReferralStatus.PLACED: {ReferralStatus.RETURNED},
    }
)


# An attorney sees the referrals of which they were asked, and nothing else of the case before accepting.
ASKED = (
    "id = ANY(ARRAY(SELECT o.referral_id FROM referrals_offer o WHERE o.user_id = (SELECT sec.user_id())))"
)


class Referral(MatterModel):
    """That one case is to be placed."""

    PRIVACY: ClassVar = {"internal": "case queue status referred_by referred_at"}
    ROWS: ClassVar[Rows] = matter_rows(attorney="select update", attorney_sees=ASKED)
    LIFE: ClassVar = REFERRAL_LIFE

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="referrals")
    status = models.CharField(max_length=10, choices=ReferralStatus.choices, default=ReferralStatus.QUEUED)
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField()

    class Meta:
        triggers = [REFERRAL_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="referral_status", condition=Q(status__in=ReferralStatus.values)),
            models.UniqueConstraint(
                fields=["case"], name="one_live_referral", condition=~Q(status="returned")
            ),
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk}"


class OfferStatus(BadgeChoices):
    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Ran out")
    RESCINDED = "rescinded", _("Taken back")

    @property
    def tone(self) -> str:
        return {OfferStatus.OPEN: WARN, OfferStatus.ACCEPTED: GOOD, OfferStatus.DECLINED: BAD}.get(
            self, QUIET
        )


class DeclineReason(models.TextChoices):
    CAPACITY = "capacity", _("No room now")
    CONFLICT = "conflict", _("Conflict of interest")
    FIT = "fit", _("Not my field, language or place")
    OTHER = "other", _("Another reason")


OFFER_LIFE = Lifecycle(
    {
        OfferStatus.OPEN: {
            OfferStatus.ACCEPTED,
            OfferStatus.DECLINED,
            OfferStatus.EXPIRED,
            OfferStatus.RESCINDED,
        }
    }
)


class Offer(MatterModel):
    """One referral put to one practitioner until a moment in time.

    The practitioner first sees `summary`, anonymous and frozen when the offer was made; `names_shown_at`
    says when they asked for the names, to check them against their own clients.
    """

    PRIVACY: ClassVar = {
        "internal": "user referral practitioner status offered_by offered_at expires_at names_shown_at"
        " decided_at decline_reason"
    }
    ROWS: ClassVar[Rows] = matter_rows(attorney="select update", attorney_sees=OWN)
    LIFE: ClassVar = OFFER_LIFE

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    summary = SensitiveJSON(group="summary", default=dict)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="offers")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="offers")
    status = models.CharField(max_length=10, choices=OfferStatus.choices, default=OfferStatus.OPEN)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    names_shown_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=10, choices=DeclineReason.choices, blank=True)

    class Meta:
        triggers = [OFFER_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="offer_status", condition=Q(status__in=OfferStatus.values)),
            models.CheckConstraint(
                name="offer_decided_when_over",
                condition=Q(status="open", decided_at=None)
                | (~Q(status="open") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="offer_accepted_after_names",
                condition=~Q(status="accepted") | Q(names_shown_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["referral"], name="one_open_offer_per_referral", condition=Q(status="open")
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="offer_expiry", condition=Q(status="open"))]

    def __str__(self) -> str:
        return f"Offer {self.pk}"


class Assignment(MatterModel):
    """Accepted responsibility: the case is reserved, and represented once the engagement is signed."""

    PRIVACY: ClassVar = {
        "internal": "user case practitioner offer reserved_at engaged_on engaged_recorded_at ended_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(attorney="select insert update", attorney_sees=OWN)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="assignments")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="assignment")
    reserved_at = models.DateTimeField()
    engaged_on = models.DateField(null=True)
    engaged_recorded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_live_assignment", condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="engagement_is_whole",
                condition=Q(engaged_on=None, engaged_recorded_at=None)
                | Q(engaged_on__isnull=False, engaged_recorded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"


class OutsideReferral(MatterModel):
    """Sending the person to another organization: a warm hand-off with a name at the other end."""

    PRIVACY: ClassVar = {"internal": "case organization handed_off_by handed_off_at"}

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="outside_referral")
    organization = models.CharField(max_length=160)
    note = SensitiveText(group="notes")
    handed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_off_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"OutsideReferral {self.pk}"

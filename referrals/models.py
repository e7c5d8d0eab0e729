"""From a case that seeks counsel to a practitioner who has taken it."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.away import away_between
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import ASSISTED, OFFICE, OWN, Rows, Rule, matter_rows, office_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON
from referrals.hand_over_models import (
    CAME_BACK,
    LIVE_HAND_OVERS,
    ConsentHow,
    GivenHow,
    HandOver,
    HandOverStatus,
    RefusalReason,
    SentHow,
    ToldOf,
)
from referrals.import_models import PanelEntry, PanelImport

__all__ = [
    "CAME_BACK",
    "CREDENTIALS",
    "LIVE_HAND_OVERS",
    "PROFILE",
    "SAYS",
    "Assignment",
    "ConsentHow",
    "DeclineReason",
    "GivenHow",
    "HandOver",
    "HandOverStatus",
    "Offer",
    "OfferStatus",
    "PanelEntry",
    "PanelImport",
    "Practitioner",
    "PractitionerKind",
    "Queue",
    "Referral",
    "ReferralStatus",
    "RefusalReason",
    "SentHow",
    "ToldOf",
]

# Who changes what says who they are is looked up anew, whichever program changed it.
UNVERIFY = """
    IF (OLD.kind, OLD.bar_state, OLD.bar_number, OLD.eoir_id) IS DISTINCT FROM
       (NEW.kind, NEW.bar_state, NEW.bar_number, NEW.eoir_id)
       AND NEW.verified_at IS NOT DISTINCT FROM OLD.verified_at THEN
        NEW.verified_at = NULL;
        NEW.verified_by_id = NULL;
    END IF;
    RETURN NEW;
"""


class PractitionerKind(models.TextChoices):
    ATTORNEY = "attorney", _("Attorney")
    ACCREDITED = "accredited", _("Accredited representative")


# What says who somebody is before a court: a change of it ends what was verified.
CREDENTIALS = ("kind", "bar_state", "bar_number", "eoir_id")
# What a practitioner says of themselves, and may change at any time.
PROFILE = (
    "firm",
    "languages",
    "countries",
    "states",
    "tracks",
    "detained",
    "remote",
    "capacity",
    "accepting",
)
SAYS = (*CREDENTIALS, *PROFILE, "expires_on")  # what is theirs to say, with what their office looks up


class Practitioner(models.Model):
    """Someone who may represent people: an attorney or an accredited representative (8 CFR 1292.1).

    Nothing is offered to them before somebody else of the office looked up their credentials (`verified_at`),
    nor after `expires_on`. `languages` they speak are ISO 639-3 codes, `countries` they know ISO 3166-1
    alpha-2, `states` they take cases in USPS codes; `tracks` as on a case. `detained`: they take people whom
    immigration holds; `remote`: they work from afar where a court lets them.
    """

    PRIVACY: ClassVar = {
        "internal": f"id user office {' '.join(SAYS)} verified_by verified_at",
    }
    ROWS: ClassVar[Rows] = {
        **office_rows(
            caseworker="select",
            assistant="select",
            administrator=f"select insert update({','.join(SAYS)},verified_by_id,verified_at)",
        ),
        "attorney": Rule(f"select update({','.join(SAYS)})", OFFICE, f"{OFFICE} AND {OWN}"),
    }

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practitioner"
    )
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="practitioners")
    kind = models.CharField(
        max_length=12, choices=PractitionerKind.choices, default=PractitionerKind.ATTORNEY
    )
    firm = models.CharField(max_length=120, blank=True)
    bar_state = models.CharField(max_length=2, blank=True)
    bar_number = models.CharField(max_length=40, blank=True)
    eoir_id = models.CharField(max_length=20, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    languages = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    states = models.JSONField(default=list)
    tracks = models.JSONField(default=list)
    detained = models.BooleanField(default=False)
    remote = models.BooleanField(default=False)
    capacity = models.PositiveSmallIntegerField(default=3)
    accepting = models.BooleanField(default=True)

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="changed_credentials_are_unverified",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=UNVERIFY,
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="practitioner_verified_by_someone_else",
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False) & ~Q(verified_by=F("user")),
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("panel:practitioner", args=[self.pk])

    def is_expired(self, *, on: date) -> bool:
        return self.expires_on is not None and self.expires_on < on

    def may_be_asked(self, *, on: date) -> bool:
        """Tell, as the database has it now, whether a case may be offered to them."""
        row = Practitioner.objects.filter(
            pk=self.pk,
            accepting=True,
            verified_at__isnull=False,
            user__is_active=True,
            office__memberships__user=F("user"),
        ).first()
        return bool(row and row.has_room() and not row.is_expired(on=on) and not row.away(on=on))

    def away(self, *, on: date) -> bool:
        """Tell whether they are away on a day."""
        return away_between(self.user, on, on).exists()

    def has_room(self) -> bool:
        """Tell whether they hold fewer cases than they said they can take."""
        return self.assignments.filter(ended_at=None).count() < self.capacity


class Queue(models.Model):
    """A waiting line of referrals in one office, for some of its cases or all; closed, it takes no more."""

    PRIVACY: ClassVar = {"internal": "id office name takes closed_at"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select",
        attorney="select",
        assistant="select",
        administrator="select insert update(name,takes,closed_at)",
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="queues")
    name = models.CharField(max_length=80)
    # Which cases it is for: the fields of rules.QueueTakes that ask for something.
    takes = models.JSONField(default=dict, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("office", Lower("name"), name="one_queue_per_name")]

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
    ROWS: ClassVar[Rows] = matter_rows(
        attorney="select update",
        attorney_sees=OWN,
        assistant_sees=f"{ASSISTED} AND status = 'accepted'",
    )
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


class HowEnded(models.TextChoices):
    """How an assignment ended, for whoever held it: "" where that was before anybody noted it."""

    GIVEN_BACK = "given_back", _("You gave it back.")
    TAKEN_BACK = "taken_back", _("Your office took it back from you.")
    CLOSED = "closed", _("The case was closed.")
    LEFT = "left", _("What you held was handed over, as you were away or shut out.")


class Assignment(MatterModel):
    """Accepted responsibility: the case is reserved, and represented once the engagement is signed."""

    PRIVACY: ClassVar = {
        "internal": "user case practitioner offer reserved_at engaged_on engaged_recorded_at ended_at"
        " ended_how"
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
    ended_how = models.CharField(max_length=10, choices=HowEnded.choices, blank=True)

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

"""From a case that seeks counsel to a practitioner who has taken it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import ASSISTED, Rows, matter_rows, office_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText
from referrals.board_models import HowInterestEnded, Interest, Listing, WhyNot
from referrals.cascade_models import Cascade, CascadeStep, HowCascadeEnded, PassedWhy
from referrals.engagement_models import (
    Appearance,
    AppearanceForm,
    AppearanceState,
    Assignment,
    EngagementScope,
    HowEnded,
    LetterHow,
    PapersBack,
)
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
from referrals.import_models import ListImport, PanelEntry, PanelImport
from referrals.panel_models import (
    CREDENTIALS,
    PROFILE,
    SAYS,
    Cover,
    Firm,
    PanelRules,
    Practitioner,
    PractitionerKind,
    Trained,
    Training,
)
from referrals.sees import ASKED, OWN_OR_FIRM
from referrals.summary_models import Brings, Hours, OfferQuestion, Synopsis

__all__ = [
    "CAME_BACK",
    "CREDENTIALS",
    "LIVE_HAND_OVERS",
    "PROFILE",
    "SAYS",
    "Appearance",
    "AppearanceForm",
    "AppearanceState",
    "Assignment",
    "Brings",
    "Cascade",
    "CascadeStep",
    "ConsentHow",
    "Cover",
    "DeclineReason",
    "EngagementScope",
    "Firm",
    "GivenHow",
    "HandOver",
    "HandOverStatus",
    "Hours",
    "HowCascadeEnded",
    "HowEnded",
    "HowInterestEnded",
    "Interest",
    "LetterHow",
    "ListImport",
    "Listing",
    "Offer",
    "OfferMove",
    "OfferQuestion",
    "OfferStatus",
    "PanelEntry",
    "PanelImport",
    "PanelRules",
    "PapersBack",
    "PassedWhy",
    "Practitioner",
    "PractitionerKind",
    "Queue",
    "Referral",
    "ReferralStatus",
    "RefusalReason",
    "RescindReason",
    "SentHow",
    "Synopsis",
    "ToldOf",
    "Trained",
    "Training",
    "WhyNot",
]


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


class RescindReason(models.TextChoices):
    """Why an offer was taken back, for whoever was asked; the last three are the program's own."""

    FOUND = "found", _("The person found help elsewhere.")
    CHANGED = "changed", _("What is asked for has changed.")
    MISTAKE = "mistake", _("It was put to you by mistake.")
    OTHER = "other", _("Your office had another reason: ask it.")
    CLOSED = "closed", _("The case is over.")
    NAMES = "names", _("The names of the case are being looked at anew.")
    GONE = "gone", _("You could not answer any more.")


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
    says when they asked for the names, to check them against their own clients; `firm_shown_at`, when a
    coordinator of their firm did (`firm_shown_to`). `answered_by`: they, or who answered for them.
    `minutes` is how much of their working time they have, which `expires_at` follows from; `remind_at` when
    they are reminded next. Paused, once, from `paused_at`: `left` of their minutes stood then, and the clock
    goes on at `paused_until`, or earlier. `hands_on` is the offer by which somebody holds the case who
    asks this colleague to take it over: then `offered_by` is they, and the referral stays placed.
    """

    PRIVACY: ClassVar = {
        "internal": "user referral practitioner status offered_by offered_at expires_at names_shown_at"
        " firm_shown_at firm_shown_to decided_at answered_by decline_reason rescind_reason minutes remind_at"
        " paused_at paused_until left hands_on"
    }
    ROWS: ClassVar[Rows] = matter_rows(
        attorney="select update",
        attorney_sees=OWN_OR_FIRM,
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
    firm_shown_at = models.DateTimeField(null=True)
    firm_shown_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decline_reason = models.CharField(max_length=10, choices=DeclineReason.choices, blank=True)
    rescind_reason = models.CharField(max_length=10, choices=RescindReason.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    remind_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    left = models.PositiveSmallIntegerField(default=0)
    hands_on = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="asked_over")
    hand_on_note = SensitiveText(group="summary", null=True)

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
                condition=~Q(status="accepted")
                | Q(names_shown_at__isnull=False)
                | Q(firm_shown_at__isnull=False, firm_shown_to=F("answered_by")),
            ),
            models.UniqueConstraint(
                fields=["referral"], name="one_open_offer_per_referral", condition=Q(status="open")
            ),
            models.CheckConstraint(
                name="offer_pause_is_whole",
                condition=Q(paused_at=None, paused_until=None)
                | Q(paused_until__gte=F("paused_at"), expires_at__gte=F("paused_until")),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="offer_expiry", condition=Q(status="open")),
            models.Index(
                fields=["remind_at"],
                name="offer_reminder",
                condition=Q(status="open", remind_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Offer {self.pk}"


class OfferMove(MatterModel):
    """That a coordinator moved an unanswered offer from one of their firm (`user`) to another."""

    PRIVACY: ClassVar = {"internal": "user offer practitioner moved_by moved_at"}
    ROWS: ClassVar[Rows] = matter_rows(
        attorney="select insert", attorney_sees=OWN_OR_FIRM, assistant="", caseworker="select"
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="moves")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"OfferMove {self.pk}"

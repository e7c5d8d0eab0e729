"""How someone may be reached, and messages to staff and to applicants.

The words of a message come from kinds.py and carry nothing personal.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.actions import token_for
from foundation.accounts.matters import MatterModel
from foundation.accounts.models import Invitation
from foundation.database.rows import ALL, OFFICE, OWN, OWN_MATTER, STAFF, Rows, Rule, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import PersonalJSON, PersonalText
from foundation.work.models import Due, line_indexes, stuck_in_line
from notifications.inbound_models import Arrival, By, Draft, Placed, Reply
from notifications.kinds import KINDS
from notifications.outsiders import outsider_of
from notifications.preference_models import Preference, Subscription
from notifications.versions import Version, approved_by_another

__all__ = [
    "NOT_SAFE",
    "Arrival",
    "By",
    "Channel",
    "Draft",
    "Fate",
    "Message",
    "Placed",
    "Preference",
    "Reach",
    "Reason",
    "Reminder",
    "Reply",
    "Status",
    "Stop",
    "Subscription",
    "Wording",
    "link_of",
]


class Channel(models.TextChoices):
    IN_APP = "in_app", _("In the app")
    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text message")


class Status(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Not sent: no safe way")


class Reason(models.TextChoices):
    """Why a message was not sent. A code, since it stands in the ledger for good."""

    NO_WAY = "no_way", _("They named no way to be reached.")
    NOT_SAFE = "not_safe", _("They did not call this way safe.")
    NO_ADDRESS = "no_address", _("They left no address for this way.")
    STOPPED = "stopped", _("They do not want to hear from us any more.")
    NOT_THEIRS = "not_theirs", _("This message is not for people seeking help.")
    LEFT = "left", _("Their account is shut.")
    LATE = "late", _("What it was about is over.")
    BY_CALL = "by_call", _("They want a call: a person has to call.")
    THROUGH = "through", _("They want to hear through somebody they trust: a person has to ask them.")
    IN_PERSON = "in_person", _("They come to the office, or come back with the receipt.")
    OPTED_OUT = "opted_out", _("They answered that they want no messages.")
    READ = "read", _("They read it in the app before.")
    TOGETHER = "together", _("It went out together with others.")
    COURTESY = "courtesy", _("No safe way; they see it when they come back.")
    DIGEST = "digest", _("They want it in the digest of the day.")
    UNWANTED = "unwanted", _("They want no mail of this; it stands in the app.")
    BOUNCED = "bounced", _("The number or address took no messages before: ask the person for another.")


class Fate(models.TextChoices):
    """What the other side said of a message later; "" while it said nothing. A code, without its words."""

    DELIVERED = "delivered", _("It arrived")
    NO_SUCH = "no_such", _("The number or address does not exist")
    LANDLINE = "landline", _("The number takes no text messages")
    REFUSED = "refused", _("Whoever has the number or address takes no messages from us")
    LOST = "lost", _("It did not arrive")


class Stop(models.TextChoices):
    """Why nothing may be sent to someone any more."""

    WITHDRAWN = "withdrawn", _("They do not want our help any more")
    UNSAFE = "unsafe", _("They said that the old way is not safe any more")
    DOUBTED = "doubted", _("Whoever helps them said that the way is not safe: ask the person")
    OPTED_OUT = "opted_out", _("They answered that they want no messages")


NOT_SAFE = (Stop.UNSAFE, Stop.DOUBTED)  # somebody said that the old way is not safe


class Reach(MatterModel):
    """How the person of a matter may be reached without harm: one row, the only place where that is kept.

    `ways` are those they called safe (intake/words.py: WAYS), `hours` when, in their own words, `through` who
    else may be asked for them. `terms` (hours.py): at which hours by which clock, and by which ways a message
    may say what it is about. `stopped` says why nothing may be sent any more. The indexes find a phone or an
    e-mail by equality. Table and columns keep the names they had in intake: a sealed value is bound to
    them (ADR 27).
    """

    PRIVACY: ClassVar = {"internal": "may_leave_message phone_index email_index stopped stopped_at"}
    # A person may say at once that a way is not safe: that stop, and nothing else, is theirs to see and set.
    ROWS: ClassVar[Rows] = matter_rows(
        applicant="insert select(id,file_id,office_id,stopped) update(stopped,stopped_at)"
    )

    ways = PersonalJSON(group="contact", default=list, db_column="channels")
    phone = PersonalText(group="contact")
    email = PersonalText(group="contact")
    hours = PersonalText(group="contact", db_column="safe_times")
    through = PersonalText(group="contact", null=True, default=None)
    terms = PersonalJSON(group="contact", null=True, default=None)
    phone_index = models.BinaryField(max_length=16, null=True, db_index=True)
    email_index = models.BinaryField(max_length=16, null=True, db_index=True)
    may_leave_message = models.BooleanField(default=False)
    stopped = models.CharField(max_length=12, choices=Stop.choices, blank=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_safecontact"
        constraints = [
            models.UniqueConstraint(fields=["matter_id"], name="one_reach_per_file"),
            models.CheckConstraint(
                name="reach_stopped_at_some_time",
                condition=Q(stopped="", stopped_at=None) | ~Q(stopped="") & Q(stopped_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Reach {self.pk}"


MESSAGE_LIFE = Lifecycle({Status.QUEUED: {Status.SENT, Status.SUPPRESSED, Status.FAILED}})


class Message(MatterModel, Due):
    """One message by one channel to one person: a signed-in user, an applicant, someone invited, an outsider.

    It belongs to the applicant's matter, or for the others to the office's. `applicant_id`, and `about` (of
    an outsider, outsiders.py; of an applicant what it tells of, particulars.py) are no foreign keys: what
    they name lives in apps above this one. `link` is a path on this site; it holds an id, never a name. No
    address is kept: reach.py finds it when the message is sent, or the `reason` why it is not; of what leaves
    the house for an applicant it chooses the channel too. `held_until`: put off to an hour that is safe, at
    `held_at`. Only what leaves the house is ever in line; it has failed once a person gave it up.
    `gateway_key` is what the other side calls it, `fate` what that said later.
    """

    PRIVACY: ClassVar = {
        "internal": "user applicant_id invitation about channel kind language link status reason"
        " queued_at sent_at read_at held_until held_at gateway_key fate"
    }
    ROWS: ClassVar[Rows] = {
        "applicant": Rule("select", OWN_MATTER),
        **{role: Rule("select update", OWN) for role in STAFF},
        "administrator": Rule("select update", OFFICE),
        "system": Rule(ALL),
    }
    LIFE: ClassVar = MESSAGE_LIFE

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    applicant_id = models.UUIDField(null=True)
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField(null=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    link = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    gateway_key = models.CharField(max_length=80, blank=True)
    fate = models.CharField(max_length=10, choices=Fate.choices, blank=True)

    class Meta:
        triggers = [MESSAGE_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="message_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="message_to_one_person",
                condition=Q(user__isnull=False, applicant_id=None, invitation=None, about=None)
                | Q(user=None, applicant_id__isnull=False, invitation=None)
                | Q(user=None, applicant_id=None, invitation__isnull=False, about=None)
                | Q(user=None, applicant_id=None, invitation=None, about__isnull=False),
            ),
            models.CheckConstraint(
                name="message_in_line_while_queued",
                condition=Q(status="queued", next_try_at__isnull=False)
                | ~Q(status="queued") & Q(next_try_at=None),
            ),
            models.CheckConstraint(
                name="message_suppressed_for_a_reason",
                condition=Q(status="suppressed") & ~Q(reason="") | ~Q(status="suppressed") & Q(reason=""),
            ),
            stuck_in_line("message"),
        ]
        indexes = [
            *line_indexes("message"),
            models.Index(fields=["user", "-queued_at"]),
            # Each page of the staff says how many are unread: read ones must not be looked at for it.
            models.Index(fields=["user"], name="message_unread", condition=Q(read_at=None, channel="in_app")),
            models.Index(fields=["applicant_id"]),
            models.Index(fields=["gateway_key"], name="message_by_gateway", condition=~Q(gateway_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def title(self) -> str:
        return str(KINDS[self.kind].title)

    @property
    def body(self) -> str:
        words = str(KINDS[self.kind].body)
        return f"{words}\n\n{self.address}" if self.address else words

    @property
    def address(self) -> str:
        """The address that a message to somebody outside carries, "" where it carries none."""
        if self.about and self.applicant_id is None:
            return outsider_of(self.kind).link(self.about)
        return link_of(self.invitation_id) if self.invitation_id else ""


class Reminder(MatterModel):
    """That one step of the reminders about something was taken: told, or confirmed by somebody.

    Its uniqueness is what makes two clocks that run at once tell once. `step` has the day in its name.
    """

    PRIVACY: ClassVar = {"internal": "about step at"}
    ROWS: ClassVar[Rows] = matter_rows(caseworker="select insert", attorney="select insert")

    about = models.UUIDField()
    step = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "step"], name="one_reminder_per_step")]

    def __str__(self) -> str:
        return f"Reminder {self.pk}"


class Wording(Version):
    """One version of an office's own words for a kind of message in a language; never changed, only followed.

    Words for people who seek help promise something: they go out once a lawyer approved them. Whoever is told
    something reads them; nobody's name stands in them.
    """

    PRIVACY: ClassVar = {
        "public": "id office kind language number title body must_be_approved approved_at ended_at",
        "internal": "written_by written_at approved_by ended_by",
    }
    ROWS: ClassVar[Rows] = {
        "applicant": Rule(
            "select(id,office_id,kind,language,number,title,body,must_be_approved,approved_at,ended_at)"
        ),
        **{role: Rule("select", OFFICE) for role in STAFF},
        "attorney": Rule("select update(approved_by_id,approved_at)", OFFICE),
        "administrator": Rule("select insert update(ended_by_id,ended_at)", OFFICE),
        "system": Rule(ALL),
    }

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="wordings")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=80)
    body = models.TextField(max_length=600)
    must_be_approved = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint("office", "kind", "language", "number", name="one_wording_per_number"),
            approved_by_another("wording"),
        ]

    def __str__(self) -> str:
        return f"Wording {self.pk}"


def link_of(invitation_id: uuid.UUID) -> str:
    """Return the one-time address that accepts an invitation; it is worked out, never kept."""
    return settings.SITE_URL + reverse("follow-invitation", args=[token_for(invitation_id)])

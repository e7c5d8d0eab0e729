"""Messages to staff and to applicants. Their words come from kinds.py and carry nothing personal."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.actions import token_for
from foundation.accounts.files import FileModel
from foundation.accounts.models import Invitation
from foundation.database.rows import ALL, OFFICE, OWN, OWN_FILE, Rows, Rule
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import PersonalText
from foundation.work.models import Due, line_indexes, stuck_in_line
from notifications.kinds import KINDS


class Channel(models.TextChoices):
    IN_APP = "in_app", _("In the app")
    EMAIL = "email", _("E-mail")


class Status(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Not sent: no safe way")


MESSAGE_LIFE = Lifecycle({Status.QUEUED: {Status.SENT, Status.SUPPRESSED, Status.FAILED}})


class Message(FileModel, Due):
    """One message by one channel to one person: a signed-in user, an applicant, or someone invited.

    It belongs to the applicant's file, or for a user to the office's. `applicant_id` is not a foreign
    key: applicants live in an app above this one. `link` is a path on this site; it holds an id, never a
    name. Only what goes out by mail is ever in line; it has failed once a person gave it up.
    """

    PRIVACY: ClassVar = {
        "internal": "user applicant_id invitation channel kind language link status queued_at sent_at read_at"
    }
    ROWS: ClassVar[Rows] = {
        "applicant": Rule("select", OWN_FILE),
        "caseworker": Rule("select update", OWN),
        "attorney": Rule("select update", OWN),
        "administrator": Rule("select update", OFFICE),
        "system": Rule(ALL),
    }
    LIFE: ClassVar = MESSAGE_LIFE

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    applicant_id = models.UUIDField(null=True)
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    address = PersonalText(group="contact")
    link = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [MESSAGE_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="message_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="message_to_one_person",
                condition=Q(user__isnull=False, applicant_id=None, invitation=None)
                | Q(user=None, applicant_id__isnull=False, invitation=None)
                | Q(user=None, applicant_id=None, invitation__isnull=False),
            ),
            models.CheckConstraint(
                name="message_in_line_while_queued",
                condition=Q(status="queued", next_try_at__isnull=False)
                | ~Q(status="queued") & Q(next_try_at=None),
            ),
            stuck_in_line("message"),
        ]
        indexes = [
            *line_indexes("message"),
            models.Index(fields=["user", "-queued_at"]),
            models.Index(fields=["applicant_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def title(self) -> str:
        return str(KINDS[self.kind].title)

    @property
    def body(self) -> str:
        words = str(KINDS[self.kind].body)
        return f"{words}\n\n{link_of(self.invitation_id)}" if self.invitation_id else words


def link_of(invitation_id: uuid.UUID) -> str:
    """Return the one-time address that accepts an invitation; it is worked out, never kept."""
    return settings.SITE_URL + reverse("follow-invitation", args=[token_for(invitation_id)])

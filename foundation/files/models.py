"""What is known of a stored file, and of one that somebody sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import MatterModel
from foundation.accounts.models import User
from foundation.database.rows import ASSISTED, GRANTED, OWN_MATTER, Rows, Rule, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import PersonalJSON, PersonalText
from foundation.work.models import Due, line_indexes


class StoredFile(MatterModel):
    """A file on disk under its own id. Name, kind, size and hash are as personal as what is in it.

    One in quarantine is just as somebody sent it; to an attorney it is not there. One `of_staff` was added by
    the office or the person's attorney: whoever holds the receipt never sees that it is there.
    """

    PRIVACY: ClassVar = {"internal": "stored_on quarantined of_staff"}
    ROWS: ClassVar[Rows] = {
        **matter_rows(caseworker="select insert update delete"),
        "applicant": Rule("select insert", f"{OWN_MATTER} AND NOT of_staff"),
        "attorney": Rule("select insert", f"{GRANTED} AND NOT quarantined", GRANTED),
        "assistant": Rule("select", f"{ASSISTED} AND NOT quarantined"),
    }

    name = PersonalText(group="file")
    content_type = PersonalText(group="file")
    size = PersonalJSON(group="file", default=int)
    sha256 = PersonalText(group="file")
    # A day, not a moment: when exactly something was sent can tell who sent it.
    stored_on = models.DateField()
    quarantined = models.BooleanField(default=False)
    of_staff = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"StoredFile {self.pk}"


class Status(models.TextChoices):
    RECEIVED = "received", _("Being checked")
    REBUILT = "rebuilt", _("Ready")
    REFUSED = "refused", _("Not taken")


UPLOAD_LIFE = Lifecycle({Status.RECEIVED: {Status.REBUILT, Status.REFUSED}})


class Upload(MatterModel, Due):
    """A file somebody sent: the original in quarantine, and what was rebuilt from it or why it was not.

    `sent_by` is who of the office, or which attorney, added it; None for what the person sent. `number`
    counts the files of a matter as they came, of either side: what a page that tells nothing calls it by. One
    that was taken back stays for staff, unless its form was not sent yet.
    """

    PRIVACY: ClassVar = {
        "internal": "original rebuilt status reason notes received_on number sent_by taken_back_on"
    }
    ROWS: ClassVar[Rows] = {
        **matter_rows(caseworker="select insert update delete", administrator="select update"),
        "applicant": Rule("select insert update(taken_back_on)", f"{OWN_MATTER} AND sent_by_id IS NULL"),
        "attorney": Rule("select insert", GRANTED, f"{GRANTED} AND sent_by_id = (SELECT sec.user_id())"),
    }
    LIFE: ClassVar = UPLOAD_LIFE

    # Either may go before the row does: the original when its time in quarantine is over.
    original = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    rebuilt = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECEIVED)
    reason = models.CharField(max_length=20, blank=True)
    notes = models.CharField(max_length=500, blank=True)  # codes, each with the pages it is about
    received_on = models.DateField()
    number = models.PositiveSmallIntegerField()
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_on = models.DateField(null=True)

    class Meta:
        triggers = [UPLOAD_LIFE.trigger()]
        constraints = [
            models.UniqueConstraint(
                fields=["matter_id", "number"], name="one_upload_of_a_number", condition=Q(sent_by=None)
            ),
            models.UniqueConstraint(
                fields=["matter_id", "number"],
                name="one_upload_of_staff_of_a_number",
                condition=Q(sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="upload_of_staff_not_taken_back", condition=Q(sent_by=None) | Q(taken_back_on=None)
            ),
            models.CheckConstraint(name="upload_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="upload_refused_with_a_reason",
                condition=Q(status="refused", rebuilt=None) & ~Q(reason="")
                | ~Q(status="refused") & Q(reason=""),
            ),
            models.CheckConstraint(
                name="upload_in_line_until_done",
                condition=Q(status="received", rebuilt=None, next_try_at__isnull=False)
                | ~Q(status="received") & Q(next_try_at=None, stuck_at=None),
            ),
        ]
        indexes = line_indexes("upload")

    def __str__(self) -> str:
        return f"Upload {self.pk}"

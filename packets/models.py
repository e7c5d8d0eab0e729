"""A packet for the court: its exhibits, what was built of it, and how it was filed.

Only the team sees it: whoever holds the matter, and those who assist them.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence.models import Snapshot
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, WARN, BadgeChoices
from foundation.database.rows import Rows, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.files.models import StoredFile, Upload
from foundation.vault.fields import SensitiveJSON, SensitiveText
from foundation.work.models import Due, line_indexes, stuck_in_line
from packets.declaration_models import Declaration, Paragraph

__all__ = ["Declaration", "Paragraph"]  # their models stand in declaration_models.py

TEAM: Rows = matter_rows(caseworker="", attorney="select insert update", administrator="")


class PacketStatus(BadgeChoices):
    WORKING = "working", _("Being put together")
    FROZEN = "frozen", _("Frozen")
    FILED = "filed", _("Filed")
    SUPERSEDED = "superseded", _("Followed by another")

    @property
    def tone(self) -> str:
        return {PacketStatus.FROZEN: WARN, PacketStatus.FILED: GOOD}.get(self, QUIET)


PACKET_LIFE = Lifecycle(
    {
        PacketStatus.WORKING: {PacketStatus.FROZEN},
        PacketStatus.FROZEN: {PacketStatus.WORKING, PacketStatus.FILED},
        PacketStatus.FILED: {PacketStatus.FROZEN, PacketStatus.SUPERSEDED},
    }
)


class IndexOrder(models.TextChoices):
    """In which order exhibits stand, and under which headings."""

    HAND = "hand", _("As I put them")
    SOURCE = "source", _("By kind of source")
    TIME = "time", _("By date, the oldest first")
    THEME = "theme", _("By theme")
    ARGUED = "argued", _("By theme, with what the client states beside the evidence")


class Packet(MatterModel):
    """What is put together for the court. `cover` is what stands on its cover, and on whom it is served.

    One that follows a filed packet either keeps the numbers that were filed or counts anew.
    """

    PRIVACY: ClassVar = {
        "internal": "case status order follows keeps_numbers filing_due oldest_years made_by made_at"
        " changed_at"
    }
    ROWS: ClassVar[Rows] = TEAM
    LIFE: ClassVar = PACKET_LIFE

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="packets")
    status = models.CharField(max_length=10, choices=PacketStatus.choices, default=PacketStatus.WORKING)
    order = models.CharField(max_length=8, choices=IndexOrder.choices, default=IndexOrder.HAND)
    cover = SensitiveJSON(group="packet", default=dict)
    follows = models.ForeignKey("self", null=True, on_delete=models.RESTRICT, related_name="followed_by")
    keeps_numbers = models.BooleanField(default=False)
    filing_due = models.DateField(null=True)
    oldest_years = models.PositiveSmallIntegerField(default=3)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        triggers = [PACKET_LIFE.trigger()]
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Packet {self.pk}"


class How(models.TextChoices):
    FULL = "full", _("The whole")
    EXCERPT = "excerpt", _("Some pages, or a short quotation")
    LINK = "link", _("A link alone")


class Part(models.TextChoices):
    """What an exhibit is to the case: the order of an index by kind of source."""

    DECLARATION = "declaration", _("Declaration of the person")
    WITNESS = "witness", _("Declaration of somebody else")
    IDENTITY = "identity", _("Identity and family")
    MEDICAL = "medical", _("Medical record")
    EXPERT = "expert", _("Expert's report")
    RECORD = "record", _("Record of a court or an agency")
    CONDITIONS = "conditions", _("Country conditions")
    OTHER = "other", _("Other")


class Exhibit(MatterModel):
    """A file of the matter, a source of the library or a declaration, under a tab.

    `root` is the same through all packets that follow one another. `about` holds what an attorney wrote:
    title, says, theme, pages, words, boxes, certificate. `adverse` are the adverse citations that they
    confirmed for the index. `tab` is kept once it was filed, "" before.
    """

    PRIVACY: ClassVar = {
        "internal": "packet root place tab how part upload snapshot declaration adverse added_by added_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker="", attorney="select insert update delete", administrator=""
    )

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="exhibits")
    root = models.UUIDField(default=uuid.uuid4)
    place = models.PositiveSmallIntegerField()
    tab = models.CharField(max_length=12, blank=True)
    how = models.CharField(max_length=8, choices=How.choices, default=How.FULL)
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.OTHER)
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="+")
    declaration = models.ForeignKey(Declaration, null=True, on_delete=models.PROTECT, related_name="exhibits")
    about = SensitiveJSON(group="packet", default=dict)
    adverse = models.JSONField(default=list)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                name="exhibit_of_one_thing",
                condition=Q(upload__isnull=False, snapshot=None, declaration=None)
                | Q(upload=None, snapshot__isnull=False, declaration=None)
                | Q(upload=None, snapshot=None, declaration__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Exhibit {self.pk}"


class BuildStatus(BadgeChoices):
    WAITING = "waiting", _("Being built")
    BUILT = "built", _("Built")
    FAILED = "failed", _("Could not be built")

    @property
    def tone(self) -> str:
        return {BuildStatus.BUILT: GOOD, BuildStatus.FAILED: BAD}.get(self, QUIET)


BUILD_LIFE = Lifecycle({BuildStatus.WAITING: {BuildStatus.BUILT, BuildStatus.FAILED}})


class Build(MatterModel, Due):
    """One building of a packet: how far it is, what came of it, or which exhibit failed and why.

    `made` is the page map: manifest, pages, what is known of each exhibit, pages of the quotations.
    """

    PRIVACY: ClassVar = {"internal": "packet status done steps reason failed asked_by asked_at"}
    # An administrator decides on one that is stuck; its map stays sealed, and they see no packet.
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker="", attorney="select insert update", administrator="select update"
    )
    LIFE: ClassVar = BUILD_LIFE

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="builds")
    status = models.CharField(max_length=8, choices=BuildStatus.choices, default=BuildStatus.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=30, blank=True)
    failed = models.ForeignKey(Exhibit, null=True, on_delete=models.SET_NULL, related_name="+")
    made = SensitiveJSON(group="packet", null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        triggers = [BUILD_LIFE.trigger()]
        constraints = [stuck_in_line("build")]
        indexes = line_indexes("build")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"Build {self.pk}"


class Volume(MatterModel):
    """One volume of a build, sealed as a file of the matter."""

    PRIVACY: ClassVar = {"internal": "build number stored"}
    ROWS: ClassVar[Rows] = matter_rows(caseworker="", attorney="select", administrator="")

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="volumes")
    number = models.PositiveSmallIntegerField()
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("build", "number", name="one_volume_of_a_number")]

    def __str__(self) -> str:
        return f"Volume {self.pk}"


class TextStatus(BadgeChoices):
    READING = "reading", _("Being read")
    READ = "read", _("Read")
    FAILED = "failed", _("Could not be read")

    @property
    def tone(self) -> str:
        return {TextStatus.READ: GOOD, TextStatus.FAILED: BAD}.get(self, QUIET)


TEXT_LIFE = Lifecycle({TextStatus.READING: {TextStatus.READ, TextStatus.FAILED}})


class FoundText(MatterModel, Due):
    """What was recognized on the pages of a file that are pictures: read once, laid under each build.

    `said` is by page, from 1: words with their places in shares of the page as it is shown.
    """

    PRIVACY: ClassVar = {"internal": "upload snapshot status pages pages_read reason asked_by asked_at"}
    ROWS: ClassVar[Rows] = matter_rows(
        caseworker="", attorney="select insert update", administrator="select update"
    )
    LIFE: ClassVar = TEXT_LIFE

    upload = models.ForeignKey(Upload, null=True, on_delete=models.CASCADE, related_name="+")
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=TextStatus.choices, default=TextStatus.READING)
    pages = models.PositiveSmallIntegerField(default=0)
    pages_read = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=30, blank=True)
    said = SensitiveJSON(group="packet", default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        triggers = [TEXT_LIFE.trigger()]
        constraints = [
            stuck_in_line("foundtext"),
            models.CheckConstraint(
                name="text_of_one_thing",
                condition=Q(upload=None, snapshot__isnull=False) | Q(upload__isnull=False, snapshot=None),
            ),
            models.UniqueConstraint(
                "matter_id", "upload", name="one_text_of_a_file", condition=~Q(status="failed")
            ),
            models.UniqueConstraint(
                "matter_id", "snapshot", name="one_text_of_a_source", condition=~Q(status="failed")
            ),
        ]
        indexes = line_indexes("foundtext")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"Text {self.pk}"


class Method(models.TextChoices):
    ECAS = "ecas", _("Electronically (ECAS)")
    WINDOW = "window", _("At the court's window")
    MAIL = "mail", _("By mail or courier")
    USCIS = "uscis", _("With USCIS")


class LodgingStatus(BadgeChoices):
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Taken by the court")
    REJECTED = "rejected", _("Sent back")

    @property
    def tone(self) -> str:
        return {LodgingStatus.ACCEPTED: GOOD, LodgingStatus.REJECTED: BAD}.get(self, WARN)


LODGING_LIFE = Lifecycle({LodgingStatus.SENT: {LodgingStatus.ACCEPTED, LodgingStatus.REJECTED}})


class Lodging(MatterModel):
    """That a packet was filed: how, on which day, with which confirmation, and how the other side was served.

    A packet that was sent back and is filed again has another lodging, which stands behind the first.
    """

    PRIVACY: ClassVar = {"internal": "packet build status method filed_on served_on by at"}
    ROWS: ClassVar[Rows] = TEAM
    LIFE: ClassVar = LODGING_LIFE

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="lodgings")
    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=LodgingStatus.choices, default=LodgingStatus.SENT)
    method = models.CharField(max_length=8, choices=Method.choices)
    filed_on = models.DateField()
    confirmation = SensitiveText(group="lodging")
    service = SensitiveText(group="lodging")
    served_on = models.DateField(null=True)
    why_back = SensitiveText(group="lodging")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [LODGING_LIFE.trigger()]
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"Lodging {self.pk}"

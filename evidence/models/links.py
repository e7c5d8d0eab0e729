"""What waits to be read into the library, and what became of the pages it came from."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.models.library import Document, DocumentKind
from evidence.models.rows import APPEND, REMOVE, WRITE
from evidence.words import file_words, refusal_words
from foundation.badges import BAD, GOOD, QUIET, WARN, Badge, BadgeChoices
from foundation.database.rows import Rows, office_rows
from foundation.events.lifecycle import Lifecycle
from foundation.work.models import MAY_DECIDE, Due, line_indexes, stuck_in_line


class LinkStatus(BadgeChoices):
    WAITING = "waiting", _("Waiting")
    KEPT = "kept", _("In the library")
    REFUSED = "refused", _("Not taken")
    REMOVED = "removed", _("Removed")

    @property
    def tone(self) -> str:
        return {LinkStatus.KEPT: GOOD, LinkStatus.REFUSED: BAD}.get(self, QUIET)


LINK_LIFE = Lifecycle(
    {
        LinkStatus.WAITING: {LinkStatus.KEPT, LinkStatus.REFUSED},
        LinkStatus.REFUSED: {LinkStatus.REMOVED},
    }
)


class Link(Due):
    """A page to be fetched or a file or text to be read into the library; `reason`: a code of why it was not.

    A file that was sent, or a text that was `pasted`, lies among the originals under `upload_sha256`; a
    file's name is not kept, as it may tell whose case it is for. Its `url` is then where it was published,
    if anyone said.
    """

    PRIVACY: ClassVar = {
        "public": "id url kind document upload_sha256 upload_type",
        "internal": "office status reason pasted asked_by asked_at",
    }
    ROWS: ClassVar[Rows] = office_rows(
        caseworker=REMOVE, attorney=REMOVE, assistant=REMOVE, administrator=WRITE
    )
    LIFE: ClassVar = LINK_LIFE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=1000, blank=True)
    upload_sha256 = models.CharField(max_length=64, blank=True)
    upload_type = models.CharField(max_length=100, blank=True)
    pasted = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    status = models.CharField(max_length=10, choices=LinkStatus.choices, default=LinkStatus.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="links")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        triggers = [LINK_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="link_status", condition=Q(status__in=LinkStatus.values)),
            models.CheckConstraint(
                name="link_kept_has_document", condition=~Q(status="kept") | Q(document__isnull=False)
            ),
            models.CheckConstraint(
                name="link_leads_somewhere",
                condition=Q(upload_sha256="", upload_type="") & ~Q(url="")
                | ~Q(upload_sha256="") & ~Q(upload_type=""),
            ),
            models.CheckConstraint(
                name="link_in_line_while_waiting",
                condition=Q(status="waiting", next_try_at__isnull=False)
                | ~Q(status="waiting") & Q(next_try_at=None),
            ),
            stuck_in_line("link"),
        ]
        indexes = line_indexes("link")

    def __str__(self) -> str:
        return f"Link {self.pk}"

    @property
    def badge(self) -> Badge:
        return LinkStatus(self.status).badge

    @property
    def is_waiting(self) -> bool:
        return self.status == LinkStatus.WAITING

    @property
    def is_refused(self) -> bool:
        return self.status == LinkStatus.REFUSED

    @property
    def why_not(self) -> str:
        """Return why it was not taken and what to do, in the language of whoever reads it."""
        return refusal_words(self.reason)

    @property
    def label(self) -> str:
        """Its address, or which kind of file was sent."""
        if self.pasted:
            return str(_("Pasted text"))
        return file_words(self.upload_type) if self.upload_type else self.url


class Recognition(Due):
    """Pages of a source, pictures of text, that somebody asked to have read.

    `pages` counts them, `pages_read` those that this try has come by; both are 0 before it begins.
    """

    PRIVACY: ClassVar = {"internal": "id office document asked_by asked_at pages pages_read"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker=APPEND, attorney=APPEND, assistant=APPEND, administrator=f"insert {MAY_DECIDE}"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="recognitions")
    pages = models.PositiveIntegerField(default=0)
    pages_read = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                name="one_recognition_in_line",
                condition=Q(next_try_at__isnull=False),
            ),
            stuck_in_line("recognition"),
        ]
        indexes = line_indexes("recognition")

    def __str__(self) -> str:
        return f"Recognition {self.pk}"


class Seen(BadgeChoices):
    SAME = "same", _("unchanged")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    GONE = "gone", _("gone")
    SOFT_404 = "soft_404", _("says it is gone")
    UNCHECKED = "unchecked", _("could not be checked")
    NEW_EDITION = "new_edition", _("has a newer edition")

    @property
    def tone(self) -> str:
        return WARN if self in (Seen.UNCHECKED, Seen.MOVED, Seen.NEW_EDITION) else BAD


@dataclass(frozen=True)
class Differing:
    """A passage that is no longer as kept: gone, or with the words before and after of each change."""

    n: int
    is_gone: bool
    words: list[list[str]]


class LinkCheck(models.Model):
    """What the sentinel saw of a source on one day; `passages` holds what differs, by passage.

    It looks at the source's page, or at a newer `edition` of its report on the shelf.
    """

    PRIVACY: ClassVar = {
        "public": "id document checked_at seen final_url passages edition",
        "internal": "office",
    }
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select", attorney="select", assistant="select", administrator="select"
    )

    id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="checks")
    checked_at = models.DateTimeField()
    seen = models.CharField(max_length=12, choices=Seen.choices)
    final_url = models.URLField(max_length=1000, blank=True)
    passages = models.JSONField(default=list)
    edition = models.ForeignKey("Report", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-checked_at"]
        constraints = [
            models.UniqueConstraint(fields=["document", "edition"], name="one_alert_an_edition"),
            models.CheckConstraint(
                name="check_of_an_edition",
                condition=Q(seen="new_edition", edition__isnull=False)
                | (~Q(seen="new_edition") & Q(edition=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"LinkCheck {self.pk}"

    @property
    def badge(self) -> Badge:
        return Seen(self.seen).badge

    @property
    def differing(self) -> list[Differing]:
        return [Differing(one["n"], one["state"] == "gone", one["words"]) for one in self.passages]

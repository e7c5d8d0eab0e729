"""What others have published about a country, as an office keeps it."""

import uuid
from bisect import bisect_right
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.models.rows import APPEND, WRITE
from evidence.reading.result import NO_TEXT
from foundation.database.rows import Rows, office_rows


class DocumentKind(models.TextChoices):
    STATEMENT = "statement", _("Statement")
    REPORT = "report", _("Report")
    NEWS = "news", _("News article")
    UN = "un", _("UN document")
    OTHER = "other", _("Other")


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class Independence(models.TextChoices):
    """How far a source stands from those it writes about."""

    INDEPENDENT = "independent", _("Independent of all parties")
    GOVERNMENT = "government", _("A government that is no party to it")
    ADVOCATE = "advocate", _("Speaks for one side's victims")
    PARTY = "party", _("A party to what it reports")


class Method(models.TextChoices):
    """How a source came to know what it says."""

    WITNESSED = "witnessed", _("Saw it, or spoke with those who did")
    INVESTIGATED = "investigated", _("Investigated and says how")
    COMPILED = "compiled", _("Compiled from others it names")
    UNSTATED = "unstated", _("Does not say")


class Document(models.Model):
    """A published source. Its details were found by rules and are open to correction by a person.

    `spans` tells where in the text each detail was found: {"title": [[0, 40]], ...}; `guesses` how each was
    found and how sure that is: {"publisher": {"value": "UNHCR", "where": "label", "sure": "sure"}, ...}, with
    `either` for the days a date may be. `uses` counts how often the office cited it, and nothing of where.
    """

    PRIVACY: ClassVar = {
        "public": "id kind title subtitle publisher dateline published_date published_precision countries"
        " places url spans guesses report independence method",
        "internal": "office warnings added_by added_at confirmed_by confirmed_at uses assessed_by"
        " assessed_at",
    }
    ROWS: ClassVar[Rows] = office_rows(caseworker=WRITE, attorney=WRITE, assistant=WRITE, administrator=WRITE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices, default=DocumentKind.STATEMENT)
    title = models.CharField(max_length=400)
    subtitle = models.CharField(max_length=400, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    dateline = models.CharField(max_length=120, blank=True)
    published_date = models.DateField(null=True)
    published_precision = models.CharField(max_length=6, choices=Precision.choices, blank=True)
    countries = models.JSONField(default=list)
    places = models.JSONField(default=list)
    url = models.URLField(max_length=1000, blank=True)
    warnings = models.JSONField(default=list)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    spans = models.JSONField(default=dict)
    guesses = models.JSONField(default=dict)
    report = models.ForeignKey("Report", null=True, on_delete=models.PROTECT, related_name="documents")
    independence = models.CharField(max_length=12, choices=Independence.choices, blank=True)
    method = models.CharField(max_length=12, choices=Method.choices, blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    assessed_at = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_confirmed_by_someone",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="document_date_has_precision",
                condition=Q(published_date=None, published_precision="")
                | (Q(published_date__isnull=False) & ~Q(published_precision="")),
            ),
            models.UniqueConstraint(fields=["office", "report"], name="one_copy_of_a_report"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def empty_pages(self) -> list[int]:
        """The numbers of the pages on which no text was found."""
        if NO_TEXT not in self.warnings:
            return []
        return [int(page) for page in self.warnings[self.warnings.index(NO_TEXT) + 1 :]]


class Capture(models.TextChoices):
    PASTE = "paste", _("Pasted")
    UPLOAD = "upload", _("Uploaded")
    LINK = "link", _("Fetched from its address")
    SHELF = "shelf", _("Taken from the reference shelf")
    RECOGNIZED = "recognized", _("Read from pictures of its pages")
    MARKED = "marked", _("Its passages were marked by a person")
    EXCERPT = "excerpt", _("Short quotation from a linked page")


class Snapshot(models.Model):
    """The text as kept on one day, with its hash. Never changed: a new reading is a new snapshot."""

    PRIVACY: ClassVar = {
        "public": "id document capture text sha256 captured_at pages left_out"
        " original_sha256 original_type warc_sha256",
        "internal": "office",
    }
    ROWS: ClassVar[Rows] = office_rows(
        caseworker=APPEND, attorney=APPEND, assistant=APPEND, administrator=APPEND
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="snapshots")
    capture = models.CharField(max_length=10, choices=Capture.choices)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    captured_at = models.DateTimeField()
    # What the file says besides its text: menus, running heads, page numbers.
    left_out = models.JSONField(default=list)
    # Offsets at which pages begin; hashes of the files as they came (evidence/originals.py).
    pages = models.JSONField(default=list)
    original_sha256 = models.CharField(max_length=64, blank=True)
    original_type = models.CharField(max_length=100, blank=True)
    warc_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Snapshot {self.sha256[:12]}"


class PassageKind(models.TextChoices):
    PARAGRAPH = "paragraph", _("Paragraph")
    QUOTATION = "quotation", _("Quotation")
    MARKED = "marked", _("Marked by hand")


class Passage(models.Model):
    """A quotable extract of a snapshot: characters `start` to `end` of its text.

    A quotation stands in its paragraph, and so does what a person marked of one or of several.
    A paragraph is searched by `tsv`, its lexemes with its topics ("@torture"); `words` counts them.
    """

    PRIVACY: ClassVar = {
        "public": "id snapshot n kind start end speaker role affiliation words tsv",
        "internal": "office",
    }
    ROWS: ClassVar[Rows] = office_rows(
        caseworker=APPEND, attorney=APPEND, assistant=APPEND, administrator=APPEND
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="passages")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=PassageKind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=160, blank=True)
    affiliation = models.CharField(max_length=160, blank=True)
    words = models.PositiveIntegerField(default=0)
    tsv = SearchVectorField(null=True)

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "n"], name="passage_order"),
            models.CheckConstraint(name="passage_not_empty", condition=Q(end__gt=models.F("start"))),
        ]

    def __str__(self) -> str:
        return f"Passage {self.n} {self.snapshot_id}"

    @property
    def text(self) -> str:
        return self.snapshot.text[self.start : self.end]

    @property
    def who(self) -> str:
        """Who says it, as what, for whom: "Lena Okoro, director, Ridgeline Watch"."""
        return ", ".join(filter(None, (self.speaker, self.role, self.affiliation)))

    @property
    def page(self) -> int | None:
        """The page it begins on, where the source has pages."""
        pages = self.snapshot.pages
        return bisect_right(pages, self.start) if pages else None

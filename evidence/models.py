"""What others have published about a country, and the sentences of it that prove a claim."""

import uuid
from bisect import bisect_right
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence.reading.result import NO_TEXT
from evidence.words import file_words
from foundation.accounts.files import FileModel
from foundation.database.rows import ALL, STAFF, Rows, Rule, file_rows, office_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText
from foundation.work.models import MAY_DECIDE, Due, line_indexes, stuck_in_line


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


WRITE, APPEND = "select insert update", "select insert"
# What the reference shelf holds is published: all offices read it, only commands and the worker write it.
# `using` stays "true": `@@` is not leakproof, and behind any other policy its index could not be used.
SHELF: Rows = {role: Rule("select") for role in STAFF} | {"system": Rule(ALL)}


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

    `spans` tells where in the text each detail was found: {"title": [[0, 40]], ...}. `uses` counts how often
    the office cited it, and nothing of where.
    """

    PRIVACY: ClassVar = {
        "public": "id kind title publisher dateline published_date published_precision countries places url"
        " spans report independence method",
        "internal": "office warnings added_by added_at confirmed_by confirmed_at uses assessed_by"
        " assessed_at",
    }
    ROWS: ClassVar[Rows] = office_rows(caseworker=WRITE, attorney=WRITE, administrator=WRITE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices, default=DocumentKind.STATEMENT)
    title = models.CharField(max_length=400)
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
    EXCERPT = "excerpt", _("Short quotation from a linked page")


class Snapshot(models.Model):
    """The text as kept on one day, with its hash. Never changed: a new reading is a new snapshot."""

    PRIVACY: ClassVar = {
        "public": "id document capture text sha256 captured_at pages"
        " original_sha256 original_type warc_sha256",
        "internal": "office",
    }
    ROWS: ClassVar[Rows] = office_rows(caseworker=APPEND, attorney=APPEND, administrator=APPEND)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="snapshots")
    capture = models.CharField(max_length=10, choices=Capture.choices)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    captured_at = models.DateTimeField()
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


class Passage(models.Model):
    """A quotable extract of a snapshot: characters `start` to `end` of its text.

    A paragraph is searched by `tsv`, its lexemes with its topics ("@torture"); `words` counts them.
    """

    PRIVACY: ClassVar = {
        "public": "id snapshot n kind start end speaker affiliation words tsv",
        "internal": "office",
    }
    ROWS: ClassVar[Rows] = office_rows(caseworker=APPEND, attorney=APPEND, administrator=APPEND)

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="passages")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=PassageKind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.CharField(max_length=120, blank=True)
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
    def page(self) -> int | None:
        """The page it begins on, where the source has pages."""
        pages = self.snapshot.pages
        return bisect_right(pages, self.start) if pages else None


class Ground(models.TextChoices):
    """INA 101(a)(42)(A); torture needs no ground (8 CFR 1208.16(c))."""

    RACE = "race", _("Race")
    RELIGION = "religion", _("Religion")
    NATIONALITY = "nationality", _("Nationality")
    GROUP = "psg", _("Particular social group")
    OPINION = "political_opinion", _("Political opinion")
    TORTURE = "torture", _("Torture (no ground needed)")


class Element(models.TextChoices):
    """What the statute asks to be shown: INA 101(a)(42)(A), 208(b)(1)(B); 8 CFR 1208.13(b), 1208.16-18."""

    HARM = "harm", _("Past harm that amounts to persecution")
    FEAR = "fear", _("Well-founded fear of the future")
    NEXUS = "nexus", _("On account of a protected ground")
    STATE = "state", _("The government did it or could not stop it")
    RELOCATION = "relocation", _("No safety elsewhere in the country")
    TORTURE = "torture", _("Torture with the acquiescence of an official")


class ClaimPoint(FileModel):
    """One assertion of a claim that needs support: ground × harm × actor × place × period."""

    PRIVACY: ClassVar = {"internal": "case added_by added_at"}
    ROWS: ClassVar[Rows] = file_rows(caseworker="select", attorney=WRITE)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="claim_points")
    ground = SensitiveText(group="work product")
    assertion = SensitiveText(group="work product")
    # {element, harm, actor, place, period}; none for a point written before these were asked.
    parts = SensitiveJSON(group="work product", null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"ClaimPoint {self.pk}"


class Relation(models.TextChoices):
    SUPPORTS = "supports", _("Supports the claim")
    ADVERSE = "adverse", _("Adverse")
    CONTEXT = "context", _("Context")


class CitationStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CITATION_LIFE = Lifecycle(
    {
        CitationStatus.PROPOSED: {CitationStatus.CONFIRMED, CitationStatus.WITHDRAWN},
        CitationStatus.CONFIRMED: {CitationStatus.WITHDRAWN},
    }
)


class Citation(FileModel):
    """A person's choice of a passage for a claim point, the quotation frozen with its hash and place."""

    PRIVACY: ClassVar = {
        "internal": "case claim_point passage snapshot status relation exact prefix suffix"
        " start end sha256 pincite cited_by cited_at"
    }
    ROWS: ClassVar[Rows] = file_rows(caseworker="select", attorney=WRITE)
    LIFE: ClassVar = CITATION_LIFE

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="citations")
    claim_point = models.ForeignKey(ClaimPoint, on_delete=models.PROTECT, related_name="citations")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="citations")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="citations")
    status = models.CharField(max_length=10, choices=CitationStatus.choices)
    relation = models.CharField(max_length=10, choices=Relation.choices)
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    pincite = models.CharField(max_length=60, blank=True)
    note = SensitiveText(group="work product")
    cited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cited_at = models.DateTimeField()

    class Meta:
        triggers = [
            CITATION_LIFE.trigger(),
            pgtrigger.ReadOnly(
                name="quotation_frozen",
                fields=["exact", "prefix", "suffix", "start", "end", "sha256", "passage", "snapshot"],
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim_point", "passage"],
                name="one_live_citation",
                condition=~Q(status="withdrawn"),
            )
        ]
        ordering = ["cited_at"]

    def __str__(self) -> str:
        return f"Citation {self.pk}"


class Report(models.Model):
    """One edition of a published report on the reference shelf, shared by all offices."""

    PRIVACY: ClassVar = {"public": "id series slug year iso3 title publisher url published_date"}
    ROWS: ClassVar[Rows] = SHELF

    id = models.BigAutoField(primary_key=True)
    series = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    iso3 = models.CharField(max_length=3)
    title = models.CharField(max_length=400)
    publisher = models.CharField(max_length=200)
    url = models.URLField(max_length=1000, blank=True)
    published_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "slug", "year"], name="one_report_an_edition")
        ]
        indexes = [models.Index(fields=["iso3", "year"], name="report_by_country")]

    def __str__(self) -> str:
        return f"{self.slug} {self.year}"


class ReportPassage(models.Model):
    """A paragraph of a report. `words` counts them, `tsv` holds what it is searched by.

    In `tsv` the words of a run-in heading ("Child Marriage: ...") carry weight A, those of the section's
    name B, all others D. The country, the year and the topic are in it as words no text can hold ("@SYR"),
    so that one index scan applies filter and words together.
    """

    PRIVACY: ClassVar = {"public": "id report iso3 year n section anchor start text topic words tsv"}
    ROWS: ClassVar[Rows] = SHELF

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="passages", db_index=False)
    iso3 = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    section = models.TextField(blank=True)
    anchor = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField()
    text = models.TextField()
    topic = models.CharField(max_length=20, blank=True)
    words = models.PositiveIntegerField()
    tsv = SearchVectorField()

    class Meta:
        ordering = ["report_id", "n"]
        constraints = [models.UniqueConstraint(fields=["report", "n"], name="report_passage_order")]
        indexes = [GinIndex(fields=["tsv"], name="report_passage_words")]

    def __str__(self) -> str:
        return f"ReportPassage {self.n} {self.report_id}"


class PassageMeaning(models.Model):
    """Where a shelf passage lies in a model of meaning: its text alone, and under its section's name.

    384 signed bytes each, a direction. Only offices that want the optional model have rows (ADR 17).
    """

    PRIVACY: ClassVar = {"public": "passage alone placed"}
    ROWS: ClassVar[Rows] = SHELF

    passage = models.OneToOneField(
        ReportPassage, on_delete=models.CASCADE, primary_key=True, related_name="meaning"
    )
    alone = models.BinaryField()
    placed = models.BinaryField()

    def __str__(self) -> str:
        return f"PassageMeaning {self.pk}"


class ShelfCount(models.Model):
    """How much the shelf holds of a country (iso3 "" is all of it): what rarity is reckoned against."""

    PRIVACY: ClassVar = {"public": "iso3 passages words"}
    ROWS: ClassVar[Rows] = SHELF

    iso3 = models.CharField(max_length=3, primary_key=True)
    passages = models.PositiveIntegerField()
    words = models.BigIntegerField()

    def __str__(self) -> str:
        return f"ShelfCount {self.iso3}"


class Lexeme(models.Model):
    """In how many passages of a country (iso3 "": of all) a lexeme stands."""

    PRIVACY: ClassVar = {"public": "id iso3 word passages"}
    ROWS: ClassVar[Rows] = SHELF

    id = models.BigAutoField(primary_key=True)
    iso3 = models.CharField(max_length=3)
    word = models.TextField()
    passages = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["iso3", "word"], name="one_count_a_lexeme")]

    def __str__(self) -> str:
        return f"Lexeme {self.word}"


class LinkStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    KEPT = "kept", _("In the library")
    REFUSED = "refused", _("Not taken")


LINK_LIFE = Lifecycle({LinkStatus.WAITING: {LinkStatus.KEPT, LinkStatus.REFUSED}})


class Link(Due):
    """A page to be fetched or a file to be read into the library; `reason` says why it was not.

    A file that was sent lies among the originals under `upload_sha256`; its name is not kept, as it may tell
    whose case it is for. Its `url` is then where it was published, if anyone said.
    """

    PRIVACY: ClassVar = {
        "public": "id url kind document upload_sha256 upload_type",
        "internal": "office status reason asked_by asked_at",
    }
    ROWS: ClassVar[Rows] = office_rows(caseworker=APPEND, attorney=APPEND, administrator=WRITE)
    LIFE: ClassVar = LINK_LIFE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=1000, blank=True)
    upload_sha256 = models.CharField(max_length=64, blank=True)
    upload_type = models.CharField(max_length=100, blank=True)
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
    def tone(self) -> str:
        """How its badge looks."""
        return "bad" if self.status == LinkStatus.REFUSED else "quiet"

    @property
    def is_waiting(self) -> bool:
        return self.status == LinkStatus.WAITING

    @property
    def label(self) -> str:
        """Its address, or which kind of file was sent."""
        return file_words(self.upload_type) if self.upload_type else self.url


class Recognition(Due):
    """Pages of a source, pictures of text, that somebody asked to have read."""

    PRIVACY: ClassVar = {"internal": "id office document asked_by asked_at"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker=APPEND, attorney=APPEND, administrator=f"insert {MAY_DECIDE}"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="recognitions")
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


class Seen(models.TextChoices):
    SAME = "same", _("unchanged")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    GONE = "gone", _("gone")
    SOFT_404 = "soft_404", _("says it is gone")
    UNCHECKED = "unchecked", _("could not be checked")
    NEW_EDITION = "new_edition", _("has a newer edition")


class LinkCheck(models.Model):
    """What the sentinel saw of a source on one day; `passages` holds what differs, by passage.

    It looks at the source's page, or at a newer `edition` of its report on the shelf.
    """

    PRIVACY: ClassVar = {
        "public": "id document checked_at seen final_url passages edition",
        "internal": "office",
    }
    ROWS: ClassVar[Rows] = office_rows(caseworker="select", attorney="select", administrator="select")

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


class Collection(models.Model):
    """Sources on one subject that an office keeps together. Its name tells a subject, never a person."""

    PRIVACY: ClassVar = {"internal": "id office name made_by made_at"}
    ROWS: ClassVar[Rows] = office_rows(caseworker=WRITE, attorney=WRITE, administrator=WRITE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="one_collection_a_name")]

    def __str__(self) -> str:
        return self.name


class Collected(models.Model):
    """A source in a collection."""

    PRIVACY: ClassVar = {"internal": "id office collection document added_by added_at"}
    ROWS: ClassVar[Rows] = office_rows(caseworker=ALL, attorney=ALL, administrator=ALL)

    id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="collected")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="collected")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at"]
        constraints = [models.UniqueConstraint(fields=["collection", "document"], name="collected_once")]

    def __str__(self) -> str:
        return f"Collected {self.pk}"

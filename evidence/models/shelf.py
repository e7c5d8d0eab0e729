"""Published reports that all offices share, and what they are searched by."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from evidence.models.rows import SHELF
from foundation.database.rows import Rows


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

"""What a case must prove, and the sentences that are cited for it."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence.models.library import Passage, Snapshot
from evidence.models.rows import WRITE
from foundation.accounts.matters import MatterModel
from foundation.badges import BAD, GOOD, QUIET, Badge, BadgeChoices
from foundation.database.rows import Rows, matter_rows
from foundation.events.lifecycle import Lifecycle
from foundation.vault.fields import SensitiveJSON, SensitiveText


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


class ClaimPoint(MatterModel):
    """One assertion of a claim that needs support: ground × harm × actor × place × period."""

    PRIVACY: ClassVar = {"internal": "case added_by added_at"}
    ROWS: ClassVar[Rows] = matter_rows(caseworker="select", attorney=WRITE)

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


class Relation(BadgeChoices):
    SUPPORTS = "supports", _("Supports the claim")
    ADVERSE = "adverse", _("Adverse")
    CONTEXT = "context", _("Context")

    @property
    def tone(self) -> str:
        return {Relation.SUPPORTS: GOOD, Relation.ADVERSE: BAD}.get(self, QUIET)


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


class Citation(MatterModel):
    """A person's choice of a passage for a claim point, the quotation frozen with its hash and place."""

    PRIVACY: ClassVar = {
        "internal": "case claim_point passage snapshot status relation exact prefix suffix"
        " start end sha256 pincite cited_by cited_at"
    }
    ROWS: ClassVar[Rows] = matter_rows(caseworker="select", attorney=WRITE)
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

    @property
    def relation_badge(self) -> Badge:
        return Relation(self.relation).badge

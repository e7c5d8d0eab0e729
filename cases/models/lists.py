"""What makes a list of cases somebody's own: tags, saved searches, what was done to many cases at once."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from foundation.accounts.matters import MatterModel
from foundation.database.rows import ME, OFFICE, OWN, Rows, Rule, matter_rows, office_rows

# One comparison, where an "or" would enter every plan: what is shared counts as of whoever asks.
MINE_OR_SHARED = f"{OFFICE} AND CASE WHEN is_shared THEN {ME} ELSE user_id END = {ME}"


class Tag(models.Model):
    """One word of an office's own list, to mark cases with; ended, it marks no more. Never about a person."""

    PRIVACY: ClassVar = {"internal": "id office name made_by made_at ended_at"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select insert update(name,ended_at)",
        administrator="select insert update(name,ended_at)",
        others={"attorney": Rule("select", OFFICE), "assistant": Rule("select", OFFICE)},
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "office", Lower("name"), name="one_tag_per_name", condition=Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.name


class CaseTag(MatterModel):
    """That a case is marked with a tag, until somebody takes it off."""

    PRIVACY: ClassVar = {"internal": "case tag tagged_by tagged_at removed_at"}
    ROWS: ClassVar[Rows] = matter_rows()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    tagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tagged_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "tag"], name="one_live_tag_of_a_kind", condition=Q(removed_at=None)
            )
        ]
        indexes = [models.Index(fields=["tag", "case"], name="tagged", condition=Q(removed_at=None))]

    def __str__(self) -> str:
        return f"CaseTag {self.case_id}"


class SavedSearch(models.Model):
    """A list somebody comes back to: what its address asked for. Shared, colleagues see it too.

    `asked` holds codes and ids as the address had them. `looked_at` is when its owner last opened it: cases
    that came since are new to them.
    """

    PRIVACY: ClassVar = {"internal": "id office user name asked is_shared made_at looked_at ended_at"}
    ROWS: ClassVar[Rows] = office_rows(
        others={
            role: Rule("select insert update", MINE_OR_SHARED, f"{OFFICE} AND {OWN}")
            for role in ("caseworker", "administrator")
        },
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    asked = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["office"], name="saved_search", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return self.name


class ListChangeKind(models.TextChoices):
    """What can be done to many cases at once and taken back."""

    ASSIGN = "assign", _("Given to a caseworker")
    TAG = "tag", _("Tagged")


class ListChange(models.Model):
    """One thing done to many cases at once, so that one press takes it back.

    `before` says for each case what it was: {case id: the caseworker's id, or null}.
    """

    PRIVACY: ClassVar = {"internal": "id office kind worker tag before done_by done_at undone_at"}
    ROWS: ClassVar[Rows] = office_rows(
        others={
            role: Rule("select insert update(undone_at)", f"{OFFICE} AND done_by_id = (SELECT sec.user_id())")
            for role in ("caseworker", "administrator")
        },
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ListChangeKind.choices)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    tag = models.ForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="list_change_of_a_kind",
                condition=Q(kind="assign", tag=None) | Q(kind="tag", tag__isnull=False, worker=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Trained(models.TextChoices):
    """Cases that not everybody may be given by Take next."""

    HELD = "held", _("Held by immigration")
    MINORS = "minors", _("Children")


class Skills(models.Model):
    """What somebody can work on, so that Take next gives them that: languages, and what they are trained for.

    Who has no row takes everything: nobody said otherwise.
    """

    PRIVACY: ClassVar = {"internal": "id office user languages trained_for said_by said_at"}
    ROWS: ClassVar[Rows] = office_rows(
        caseworker="select insert update", administrator="select insert update"
    )

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    trained_for = ArrayField(
        models.CharField(max_length=10, choices=Trained.choices), default=list, blank=True
    )
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "skills"

    def __str__(self) -> str:
        return f"Skills {self.user_id}"

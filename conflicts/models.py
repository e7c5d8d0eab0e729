"""Who stands where in which matter, the checks that were asked, and what they found.

A name and all that follows from it is sealed, each value under the key of its own file: two equal names
are two different texts, of lengths that tell little. `conflicts` stands below the form and the cases, so
matters are named by their file, never by a key upward.
"""

import hashlib
import uuid
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Expression
from django.utils.translation import gettext_lazy as _

from foundation.accounts.files import FileModel
from foundation.database.rows import ALL, FENCED, OFFICE, OFFICE_FILES, OWN, OWN_FILE, Rows, Rule, file_rows
from foundation.events.lifecycle import Lifecycle
from foundation.events.models import Identity, current_transaction
from foundation.vault.fields import PersonalText, SensitiveJSON, SensitiveText


class PartyRole(models.TextChoices):
    APPLICANT = "applicant", _("Applicant")
    OTHER_NAME = "other_name", _("Another name of the applicant")
    FAMILY = "family", _("Family")
    HELPER = "helper", _("Filled in the form for the applicant")
    FEARED = "feared", _("Someone the applicant fears")
    SPONSOR = "sponsor", _("Sponsor")
    NOTARIO = "notario", _("Notario or preparer")
    OPPOSING = "opposing", _("Opposing party")
    ADVERSE = "adverse", _("On a practitioner's own list")
    STAFF = "staff", _("Staff")
    BOARD = "board", _("Board")


class _Default(Expression):
    """The column's own default, written out: an identity column takes nothing else."""

    def __init__(self) -> None:
        super().__init__(output_field=models.BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "DEFAULT", ()


class Number(Identity):
    """A number the database gives to a row that is saved like any other."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return _Default() if add else super().pre_save(model_instance, add)


class Party(FileModel):
    """Someone in a matter, under one name. A person with three names is three parties of one file.

    `details` is what a person reads (role, name, birth date, country), `line` what the names worker needs:
    the name taken apart once, at write. `revision` counts changes of what is compared. A party is `live`
    once its matter was handed in; until then it is asked about and never found.
    """

    PRIVACY: ClassVar = {"internal": "number xid user by_applicant live revision added_at removed_at"}
    ROWS: ClassVar[Rows] = {
        "applicant": Rule("select insert update", f"{OWN_FILE} AND by_applicant AND user_id IS NULL"),
        "caseworker": Rule("select insert update", f"{OFFICE_FILES} AND user_id IS NULL"),
        "administrator": Rule("select", f"{OFFICE_FILES} AND user_id IS NULL"),
        "attorney": Rule("select insert update", OWN, f"{OWN} AND {OFFICE}"),
        "names": Rule("select"),
        "system": Rule(ALL),
    }

    number = Number(unique=True, editable=False)
    xid = models.BigIntegerField(db_default=current_transaction(), db_index=True, editable=False)
    details = SensitiveJSON(group="conflict", null=True)
    line = PersonalText(group="conflict", null=True)
    # Whose list of their own it stands on, for a practitioner's adverse parties.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="adverse_parties"
    )
    by_applicant = models.BooleanField(default=False)
    live = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "parties"
        triggers = [
            pgtrigger.Trigger(
                name="followed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="NEW.xid = pg_current_xact_id()::text::bigint; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="gone",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="INSERT INTO conflicts_goneparty (number, xid, gone_at)"
                " VALUES (OLD.number, pg_current_xact_id()::text::bigint, now()); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"Party {self.pk}"


class GoneParty(models.Model):
    """The number of a party that was erased, so that the names worker lets go of it; kept for a day."""

    PRIVACY: ClassVar = {"internal": "number xid gone_at"}
    ROWS: ClassVar[Rows] = {"names": Rule("select"), "system": Rule(ALL)}

    number = models.BigIntegerField(primary_key=True)
    xid = models.BigIntegerField(db_index=True)
    gone_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "gone parties"

    def __str__(self) -> str:
        return f"GoneParty {self.number}"


def list_file(user_id: int) -> uuid.UUID:
    """Return the file of a practitioner's own list; the database works out the same (sec.list_file)."""
    return uuid.UUID(bytes=hashlib.sha256(f"adverse list|{user_id}".encode()).digest()[:16])


class CheckKind(models.TextChoices):
    NAMES = "names", _("Names page")
    SUBMITTED = "submitted", _("Answers sent")
    ADDED = "added", _("Name added")
    OFFER = "offer", _("Offer to a practitioner")
    DEMAND = "demand", _("Asked for")


class CheckStatus(models.TextChoices):
    PENDING = "pending", _("Waiting")
    CLEAR = "clear", _("Nothing found")
    POSSIBLE = "possible", _("Possible conflict")
    DECIDED_CLEAR = "decided_clear", _("Decided: no conflict")
    DECIDED_CONFLICT = "decided_conflict", _("Decided: conflict")


CHECK_LIFE = Lifecycle(
    {
        CheckStatus.PENDING: {
            CheckStatus.CLEAR,
            CheckStatus.POSSIBLE,
            CheckStatus.DECIDED_CLEAR,
            CheckStatus.DECIDED_CONFLICT,
        },
        CheckStatus.POSSIBLE: {CheckStatus.DECIDED_CLEAR, CheckStatus.DECIDED_CONFLICT},
    }
)


class ConflictCheck(FileModel):
    """Names put to the names worker. Until it has answered the check is pending, whatever the reason.

    `user` is the practitioner whose own list is asked instead of the office's parties. `unread` counts
    names that cannot be compared: such a check waits for a person, for nobody has looked.
    """

    PRIVACY: ClassVar = {
        "internal": "kind status user asked_at answered_at decided_at decided_by index_version found unread"
    }
    ROWS: ClassVar[Rows] = {
        "applicant": Rule("insert", f"{OWN_FILE} AND user_id IS NULL"),
        "caseworker": Rule("select insert update", OFFICE_FILES),
        "administrator": Rule("select", OFFICE_FILES),
        "attorney": Rule("select update", OWN),
        "names": Rule("select update"),
        "system": Rule(ALL),
    }
    LIFE: ClassVar = CHECK_LIFE

    kind = models.CharField(max_length=10, choices=CheckKind.choices)
    status = models.CharField(max_length=20, choices=CheckStatus.choices, default=CheckStatus.PENDING)
    query = SensitiveJSON(group="conflict", default=list)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    index_version = models.BigIntegerField(null=True)
    found = models.PositiveSmallIntegerField(default=0)
    unread = models.PositiveSmallIntegerField(default=0)
    reason = SensitiveText(group="decision")  # of a decision about names that cannot be compared

    class Meta:
        triggers = [CHECK_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="check_status", condition=Q(status__in=CheckStatus.values)),
            models.CheckConstraint(
                name="check_answered_unless_pending",
                condition=Q(status="pending", answered_at=None)
                | (~Q(status="pending") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="check_pending", condition=Q(status="pending")),
            models.Index(fields=["office", "status", "asked_at"]),
        ]

    def __str__(self) -> str:
        return f"ConflictCheck {self.pk}"


class HitKind(models.TextChoices):
    CONFLICT = "conflict", _("Conflict of interest")
    DUPLICATE = "duplicate", _("The same person twice")


class HitStatus(models.TextChoices):
    OPEN = "open", _("Waits for a decision")
    CLEAR = "clear", _("Not so")
    CONFIRMED = "confirmed", _("Confirmed")
    SUPERSEDED = "superseded", _("The name has changed since")


HIT_LIFE = Lifecycle({HitStatus.OPEN: {HitStatus.CLEAR, HitStatus.CONFIRMED, HitStatus.SUPERSEDED}})


class ConflictHit(FileModel):
    """Two parties of two matters who may be one person. Its key follows from the pair and their revisions.

    So a pair is found once however often it is looked for, and comes back only when a name, a birth date
    or a country has changed. `reasons` are the aligned parts; `score` (thousandths) orders and is not shown.
    """

    PRIVACY: ClassVar = {
        "internal": "check_asked asked found asked_revision found_revision other_file_id kind score status"
        " user decided_by decided_at found_at"
    }
    UNFENCED = f"{OFFICE_FILES} AND other_file_id <> ALL({FENCED}) AND user_id IS NULL"
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select update", UNFENCED),
        "administrator": Rule("select", UNFENCED),
        "attorney": Rule("select update", OWN),
        "names": Rule("select insert update"),
        "system": Rule(ALL),
    }
    LIFE: ClassVar = HIT_LIFE

    check_asked = models.ForeignKey(ConflictCheck, null=True, on_delete=models.SET_NULL, related_name="hits")
    asked = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="hits_asking")
    found = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="hits_found")
    asked_revision = models.PositiveIntegerField()
    found_revision = models.PositiveIntegerField()
    other_file_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=HitKind.choices)
    score = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=HitStatus.choices, default=HitStatus.OPEN)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reasons = SensitiveJSON(group="conflict", null=True)
    reason = SensitiveText(group="decision")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()

    class Meta:
        triggers = [HIT_LIFE.trigger()]
        constraints = [
            models.CheckConstraint(name="hit_status", condition=Q(status__in=HitStatus.values)),
            models.CheckConstraint(
                name="hit_decided_by_someone",
                condition=Q(status__in=["open", "superseded"], decided_by=None)
                | Q(status__in=["clear", "confirmed"], decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["office", "status", "kind", "-score"])]

    @property
    def is_open(self) -> bool:
        return self.status == HitStatus.OPEN

    def __str__(self) -> str:
        return f"ConflictHit {self.pk}"


def pair_id(one: tuple[uuid.UUID, int], other: tuple[uuid.UUID, int]) -> uuid.UUID:
    """Return the key of a pair of parties as they are now: the same whichever of them is asked about."""
    low, high = sorted((one, other))
    return uuid.uuid5(low[0], f"{low[1]}|{high[0]}|{high[1]}")


class RingFence(models.Model):
    """Keeps one member of the staff off one matter, whatever their role would let them see."""

    PRIVACY: ClassVar = {"internal": "id office file_id user made_by made_at lifted_by lifted_at"}
    OTHERS = f"{OFFICE} AND user_id <> (SELECT sec.user_id())"  # nobody makes or lifts their own
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select insert update", OFFICE, OTHERS),
        "administrator": Rule("select insert update", OFFICE, OTHERS),
        "attorney": Rule("select", OWN),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "file_id"], name="one_live_fence", condition=Q(lifted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"RingFence {self.pk}"


class SamePerson(FileModel):
    """Two requests of one person put together: `file_id` goes on, `other_file_id` points to it.

    Nothing is moved or deleted, so that it can be undone: both files keep all they have.
    """

    PRIVACY: ClassVar = {"internal": "other_file_id put_by put_at undone_by undone_at"}
    BOTH = f"{OFFICE_FILES} AND other_file_id <> ALL({FENCED})"
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select insert update", BOTH),
        "administrator": Rule("select", BOTH),
        "system": Rule(ALL),
    }

    other_file_id = models.UUIDField(db_index=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "same persons"
        constraints = [
            models.UniqueConstraint(
                fields=["other_file_id"], name="one_pointer", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(name="never_itself", condition=~Q(file_id=models.F("other_file_id"))),
        ]

    def __str__(self) -> str:
        return f"SamePerson {self.pk}"


class ANumber(FileModel):
    """The number by which immigration knows a person, sealed; the index finds it by equality."""

    PRIVACY: ClassVar = {"internal": "index noted_at"}
    ROWS: ClassVar[Rows] = file_rows(applicant="select insert update")

    number = PersonalText(group="a_number")
    index = models.BinaryField(max_length=16, db_index=True)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ANumber {self.pk}"


class NameSearch(models.Model):
    """A name someone of the staff looks for, put to the names worker, and what it answered.

    Sealed with the office's key; only who asked reads it, and it goes when it has been read.
    """

    PRIVACY: ClassVar = {"internal": "id office file_id user asked_at answered_at"}
    MINE = f"{OWN} AND {OFFICE}"
    ROWS: ClassVar[Rows] = {
        "caseworker": Rule("select insert delete", MINE),
        "administrator": Rule("select insert delete", MINE),
        "names": Rule("select update"),
        "system": Rule(ALL),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    query = SensitiveText(group="conflict")
    answer = SensitiveJSON(group="conflict", null=True)
    asked_at = models.DateTimeField(db_index=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "name searches"

    def __str__(self) -> str:
        return f"NameSearch {self.pk}"

"""The ledger (what happened, who looked) and the outbox (who still has to hear of it)."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Cast

from foundation.database.rows import ALL, ASSISTED, GRANTED, OFFICE, OFFICE_AND_MATTERS, ONLINE, Rows, Rule
from foundation.work.models import MAY_DECIDE, Due, line_indexes, stuck_in_line

APPEND_ONLY = "RAISE EXCEPTION 'the ledger is append-only';"
# sec.let_go_of_readings is this role's; nobody can become it, and it takes none that an office still keeps.
LET_GO = "IF TG_OP = 'DELETE' AND current_user = 'intake_grantor' THEN RETURN OLD; END IF; "
# A row written for a signed-in person or an applicant names them, whatever the program says.
AS_BOUND = "actor = (SELECT sec.actor())"


class Identity(models.BigIntegerField):
    """A number the database gives, in the order rows are written; gaps are normal."""

    db_returning = False

    def db_type(self, connection: Any) -> str:
        return "bigint GENERATED ALWAYS AS IDENTITY"


def current_transaction() -> Any:
    """Return the default of a column that keeps which transaction wrote the row."""
    return Cast(
        Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()
    )


def append_only(unless: str = "") -> list[Any]:
    """Return the triggers that refuse every change, deletion and emptying, the owner's included.

    `unless` is SQL that lets a deletion through.
    """
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=unless + APPEND_ONLY,
        ),
        pgtrigger.Trigger(
            name="never_emptied",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=APPEND_ONLY,
        ),
    ]


# What is no matter's, and that somebody read very much: all a security officer sees of the ledger.
OF_THE_OFFICE = f"{OFFICE} AND CASE name WHEN 'vault.alarm_raised' THEN NULL ELSE file_id END IS NULL"


class Event(models.Model):
    """One thing that happened. Never changed, never deleted.

    No foreign key to any app: history outlives what it describes. `data` holds ids, codes and counts
    only, never names, stories or addresses.
    """

    PRIVACY: ClassVar = {
        "internal": "id seq xid name subject_type subject_id office_id matter_id actor data at"
    }
    ROWS: ClassVar[Rows] = {
        **{role: Rule("insert", "false", AS_BOUND) for role in (*ONLINE, "names")},
        "caseworker": Rule("select insert", OFFICE_AND_MATTERS, AS_BOUND),
        "attorney": Rule("select insert", GRANTED, AS_BOUND),
        "assistant": Rule("select insert", ASSISTED, AS_BOUND),
        "security": Rule("select insert", OF_THE_OFFICE, AS_BOUND),
        "administrator": Rule("select insert", OFFICE_AND_MATTERS, AS_BOUND),
        "system": Rule("select insert"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seq = Identity(unique=True, editable=False)
    xid = models.BigIntegerField(db_default=current_transaction(), db_index=True, editable=False)
    name = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    office_id = models.BigIntegerField(null=True)
    matter_id = models.UUIDField(db_column="file_id", null=True)
    actor = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"]),
            models.Index(fields=["office_id", "-at"]),
            models.Index(fields=["matter_id", "-at"]),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.name} {self.subject_id}"


class AccessRecord(models.Model):
    """One reading of sealed values, or one refusal. Written on its own connection before anything opens.

    Never changed. A signed batch goes as a whole, by age (letting_go.py); its seal stays.

    `fields` are names of columns, never their content; `count` is how many records were opened at once.
    One matter's stands in `matter_id`; of a list over several, all of them in `matter_ids`.
    """

    PRIVACY: ClassVar = {
        "internal": "seq xid at action actor role office_id matter_id matter_ids subject_type subject_id"
        " group fields count purpose request_id"
    }
    ROWS: ClassVar[Rows] = {
        "audit": Rule("insert"),
        "caseworker": Rule("select", OFFICE_AND_MATTERS),
        "administrator": Rule("select", OFFICE_AND_MATTERS),
        "security": Rule("select", OFFICE),
        "system": Rule("select"),
    }

    seq = Identity(primary_key=True, editable=False)
    xid = models.BigIntegerField(db_default=current_transaction(), db_index=True, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=24)
    actor = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    office_id = models.BigIntegerField(null=True)
    matter_id = models.UUIDField(db_column="file_id", null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=30, blank=True)
    fields = models.CharField(max_length=300, blank=True)
    count = models.IntegerField(default=1)
    purpose = models.CharField(max_length=60, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    matter_ids = ArrayField(models.UUIDField(), db_column="file_ids", null=True)

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["matter_id", "-seq"]),
            models.Index(fields=["office_id", "-seq"]),
            models.Index(fields=["actor", "-at"], name="access_by_actor"),
            GinIndex(fields=["matter_ids"], name="access_by_list"),
        ]
        triggers = append_only(unless=LET_GO)

    def __str__(self) -> str:
        return f"{self.action} {self.seq}"


class Checkpoint(models.Model):
    """A signed batch of the ledger: everything that transactions `from_xid` up to `to_xid` wrote.

    `root` is the RFC 6962 Merkle root of the rows in order of `seq`; `chain` hashes the checkpoint before and
    this one together; `signature` is Ed25519 over `chain` with a key that is not in the database. `leaves`
    are the hashes of the rows, one after the other: they name the row where a root does not come out.
    """

    PRIVACY: ClassVar = {
        "internal": "id kind number from_xid to_xid count total first_seq last_seq root leaves chain"
        " signature at"
    }
    ROWS: ClassVar[Rows] = {
        "administrator": Rule("select"),
        "security": Rule("select"),
        "system": Rule("select insert"),
    }

    kind = models.CharField(max_length=10)
    number = models.BigIntegerField()
    from_xid = models.BigIntegerField()
    to_xid = models.BigIntegerField()
    count = models.IntegerField()
    total = models.BigIntegerField()
    first_seq = models.BigIntegerField(null=True)
    last_seq = models.BigIntegerField(null=True)
    root = models.CharField(max_length=64)
    leaves = models.BinaryField(null=True)
    chain = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="checkpoint_order")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Delivery(Due):
    """One event owed to one handler: the outbox.

    `handler` is the stable key given to @on, not a dotted path. Neither done nor in line: given up.
    """

    PRIVACY: ClassVar = {"internal": "id event office_id handler done_at"}
    ROWS: ClassVar[Rows] = {
        **{role: Rule("insert", "false", "true") for role in (*ONLINE, "names")},
        "administrator": Rule(f"insert {MAY_DECIDE}", OFFICE, "true"),
        "system": Rule(ALL),
    }

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    office_id = models.BigIntegerField(null=True)
    handler = models.CharField(max_length=80)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_handler"),
            models.CheckConstraint(
                name="delivery_done_is_out_of_line",
                condition=models.Q(done_at__isnull=True) | models.Q(next_try_at__isnull=True),
            ),
            stuck_in_line("delivery"),
        ]
        indexes = line_indexes("delivery")

    def __str__(self) -> str:
        return f"{self.handler} {self.event_id}"

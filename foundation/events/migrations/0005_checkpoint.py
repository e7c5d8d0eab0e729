"""A signed batch of the ledger is called a checkpoint: to seal means to encrypt a value."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

APPEND_ONLY = "RAISE EXCEPTION 'the ledger is append-only';"
TRIGGERS = (
    pgtrigger.compiler.Trigger(
        name="append_only",
        sql=pgtrigger.compiler.UpsertTriggerSql(
            func=APPEND_ONLY,
            hash="cb484fde4a374a3119f0e85ecc49f303ef3c1b97",
            operation="UPDATE OR DELETE",
            pgid="pgtrigger_append_only_0e6ff",
            table="events_checkpoint",
            when="BEFORE",
        ),
    ),
    pgtrigger.compiler.Trigger(
        name="never_emptied",
        sql=pgtrigger.compiler.UpsertTriggerSql(
            func=APPEND_ONLY,
            hash="882ecde09872b6dc06867e06d5bd34ba12416615",
            level="STATEMENT",
            operation="TRUNCATE",
            pgid="pgtrigger_never_emptied_bb4b7",
            table="events_checkpoint",
            when="BEFORE",
        ),
    ),
)


class Migration(migrations.Migration):
    dependencies = [("events", "0004_matter")]

    operations = [
        *(pgtrigger.migrations.RemoveTrigger("seal", trigger.name) for trigger in TRIGGERS),
        migrations.RemoveConstraint("seal", "seal_order"),
        migrations.RenameModel("Seal", "Checkpoint"),
        migrations.AddConstraint(
            "checkpoint", models.UniqueConstraint(fields=("kind", "number"), name="checkpoint_order")
        ),
        *(pgtrigger.migrations.AddTrigger("checkpoint", trigger) for trigger in TRIGGERS),
    ]

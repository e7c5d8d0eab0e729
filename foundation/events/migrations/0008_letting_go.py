"""Old readings go by whole signed batches, by a function that takes none an office still keeps."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from foundation.events.sql import LETTING_GO


class Migration(migrations.Migration):
    dependencies = [("events", "0007_leaves")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='accessrecord',
            name='append_only',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessrecord',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'DELETE' AND current_user = 'intake_grantor' THEN RETURN OLD; END IF; RAISE EXCEPTION 'the ledger is append-only';", hash='4e8a3793b286220001d58de2648b89ffae3bce0b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_75134', table='events_accessrecord', when='BEFORE')),
        ),
        migrations.RunSQL(LETTING_GO, migrations.RunSQL.noop),
    ]

"""Whose names stood in a list that somebody read, and the function that weighs somebody's readings."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from foundation.events.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("events", "0005_checkpoint")]

    operations = [
        migrations.RemoveIndex(model_name="accessrecord", name="events_acce_actor_1e87db_idx"),
        migrations.AddField(
            model_name="accessrecord",
            name="matter_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), db_column="file_ids", null=True, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="accessrecord",
            index=models.Index(fields=["actor", "-at"], name="access_by_actor"),
        ),
        migrations.AddIndex(
            model_name="accessrecord",
            index=django.contrib.postgres.indexes.GinIndex(fields=["matter_ids"], name="access_by_list"),
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]

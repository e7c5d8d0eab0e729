"""Limits count in PostgreSQL while the shared cache is away."""

from django.db import migrations, models

from foundation.database.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("database", "0002_fenced_files")]
    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                ("entry", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("value", models.FloatField()),
                ("ends_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]

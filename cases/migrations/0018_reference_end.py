"""The second half of a reference as a column of its own: people read out a part, and the search takes it."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_codes_and_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="reference_end",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Right("reference", 4),
                output_field=models.CharField(max_length=4),
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["office", "reference_end"], name="case_reference_end"),
        ),
    ]

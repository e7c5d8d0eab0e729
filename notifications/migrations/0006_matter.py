"""A person's file is called a matter. The column keeps its name, so nothing changes in the database."""

from django.db import migrations, models

FIELD = models.UUIDField(db_column="file_id", db_index=True, editable=False)
MODELS = ("reach", "message")


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_reach_is_sound")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("reach", "one_reach_per_file"),
                *(migrations.RenameField(model, "file_id", "matter_id") for model in MODELS),
                *(migrations.AlterField(model, "matter_id", FIELD.clone()) for model in MODELS),
                migrations.AddConstraint(
                    "reach", models.UniqueConstraint(fields=("matter_id",), name="one_reach_per_file")
                ),
            ]
        )
    ]

"""A person's file is called a matter. The column keeps its name, so nothing changes in the database."""

from django.db import migrations, models

FIELD = models.UUIDField(db_column="file_id", db_index=True, editable=False)
MODELS = ("screening", "finding", "override", "review")


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_names_answered")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RenameField(model, "file_id", "matter_id") for model in MODELS),
                *(migrations.AlterField(model, "matter_id", FIELD.clone()) for model in MODELS),
            ]
        )
    ]

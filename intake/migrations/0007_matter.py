"""A person's file is called a matter. The column keeps its name, so nothing changes in the database."""

from django.db import migrations, models

FIELD = models.UUIDField(db_column="file_id", db_index=True, editable=False)
MODELS = ("applicant", "intake", "answer", "earlieranswer", "narrative", "wish", "consent")


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_wish")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("intake", "one_intake_per_file"),
                *(migrations.RenameField(model, "file_id", "matter_id") for model in MODELS),
                *(migrations.AlterField(model, "matter_id", FIELD.clone()) for model in MODELS),
                migrations.AddConstraint(
                    "intake", models.UniqueConstraint(fields=("matter_id",), name="one_intake_per_file")
                ),
            ]
        )
    ]

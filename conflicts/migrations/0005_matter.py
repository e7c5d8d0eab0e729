"""A person's file is called a matter. The column keeps its name, so nothing changes in the database."""

from django.db import migrations, models

FIELD = models.UUIDField(db_column="file_id", db_index=True, editable=False)
MODELS = ("anumber", "conflictcheck", "party", "conflicthit", "sameperson", "standing")


class Migration(migrations.Migration):
    dependencies = [("conflicts", "0004_fill_standing")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("ringfence", "one_live_fence"),
                migrations.RemoveConstraint("sameperson", "one_pointer"),
                migrations.RemoveConstraint("sameperson", "never_itself"),
                migrations.RemoveConstraint("standing", "one_standing"),
                migrations.RenameField("ringfence", "file_id", "matter_id"),
                migrations.AlterField(
                    "ringfence", "matter_id", models.UUIDField(db_column="file_id", db_index=True)
                ),
                migrations.RenameField("conflicthit", "other_file_id", "other_matter_id"),
                migrations.AlterField(
                    "conflicthit",
                    "other_matter_id",
                    models.UUIDField(db_column="other_file_id", db_index=True),
                ),
                migrations.RenameField("sameperson", "other_file_id", "other_matter_id"),
                migrations.AlterField(
                    "sameperson",
                    "other_matter_id",
                    models.UUIDField(db_column="other_file_id", db_index=True),
                ),
                migrations.RenameField("namesearch", "file_id", "matter_id"),
                migrations.AlterField("namesearch", "matter_id", models.UUIDField(db_column="file_id")),
                *(migrations.RenameField(model, "file_id", "matter_id") for model in MODELS),
                *(migrations.AlterField(model, "matter_id", FIELD.clone()) for model in MODELS),
                migrations.AddConstraint(
                    "ringfence",
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("user", "matter_id"),
                        name="one_live_fence",
                    ),
                ),
                migrations.AddConstraint(
                    "sameperson",
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("other_matter_id",),
                        name="one_pointer",
                    ),
                ),
                migrations.AddConstraint(
                    "sameperson",
                    models.CheckConstraint(
                        condition=models.Q(("matter_id", models.F("other_matter_id")), _negated=True),
                        name="never_itself",
                    ),
                ),
                migrations.AddConstraint(
                    "standing", models.UniqueConstraint(fields=("matter_id",), name="one_standing")
                ),
            ]
        )
    ]

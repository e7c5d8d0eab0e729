"""A person's file is called a matter. The column keeps its name, so nothing changes in the database."""

from django.db import migrations, models

FIELD = models.UUIDField(db_column="file_id", db_index=True, editable=False)
MODELS = ("case", "caseaccess", "note", "deadline", "deadlinechange", "judgedate", "casefacts")


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_nothing_live_on_a_closed_case")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("caseaccess", "cases_casea_user_id_007bed_idx"),
                *(migrations.RenameField(model, "file_id", "matter_id") for model in MODELS),
                *(migrations.AlterField(model, "matter_id", FIELD.clone()) for model in MODELS),
                migrations.AddIndex(
                    "caseaccess",
                    models.Index(fields=["user", "matter_id"], name="cases_casea_user_id_007bed_idx"),
                ),
            ]
        )
    ]

"""A person's file is called a matter. The column keeps its name, so nothing changes in the database."""

from django.db import migrations, models

FIELD = models.UUIDField(db_column="file_id", db_index=True, editable=False)
MODELS = ("referral", "offer", "assignment", "outsidereferral")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_nothing_live_on_a_closed_case")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RenameField(model, "file_id", "matter_id") for model in MODELS),
                *(migrations.AlterField(model, "matter_id", FIELD.clone()) for model in MODELS),
            ]
        )
    ]

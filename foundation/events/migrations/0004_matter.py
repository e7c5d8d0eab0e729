"""A person's file is called a matter. The column keeps its name, so nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0003_due_work")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("event", "events_even_file_id_7b2b9b_idx"),
                migrations.RemoveIndex("accessrecord", "events_acce_file_id_292b64_idx"),
                migrations.RenameField("event", "file_id", "matter_id"),
                migrations.AlterField("event", "matter_id", models.UUIDField(db_column="file_id", null=True)),
                migrations.RenameField("accessrecord", "file_id", "matter_id"),
                migrations.AlterField(
                    "accessrecord", "matter_id", models.UUIDField(db_column="file_id", null=True)
                ),
                migrations.AddIndex(
                    "event", models.Index(fields=["matter_id", "-at"], name="events_even_file_id_7b2b9b_idx")
                ),
                migrations.AddIndex(
                    "accessrecord",
                    models.Index(fields=["matter_id", "-seq"], name="events_acce_file_id_292b64_idx"),
                ),
            ]
        )
    ]

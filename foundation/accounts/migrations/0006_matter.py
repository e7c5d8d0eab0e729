"""A person's file is called a matter. The column keeps its name, so nothing changes in the database."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_passkeys_that_are_none")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("office", "file_id", "matter_id"),
                migrations.AlterField(
                    "office",
                    "matter_id",
                    models.UUIDField(db_column="file_id", default=uuid.uuid4, editable=False, unique=True),
                ),
            ]
        )
    ]

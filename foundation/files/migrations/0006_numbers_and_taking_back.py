"""A file has a number in its matter, and may be taken back."""

from django.db import migrations, models

NUMBERED = """
UPDATE files_upload SET number = counted.n
  FROM (SELECT id, row_number() OVER (PARTITION BY file_id ORDER BY received_on, id) AS n FROM files_upload) counted
 WHERE counted.id = files_upload.id
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0005_notes_with_pages")]

    operations = [
        migrations.AddField("upload", "taken_back_on", models.DateField(null=True)),
        migrations.AddField("upload", "number", models.PositiveSmallIntegerField(default=0), preserve_default=False),
        migrations.RunSQL(NUMBERED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "upload", models.UniqueConstraint(fields=("matter_id", "number"), name="one_upload_of_a_number")
        ),
    ]

"""A note says which pages it is about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0004_matter")]

    operations = [
        migrations.AlterField("upload", "notes", models.CharField(blank=True, max_length=500)),
    ]

from django.db import migrations

from conflicts.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [
        ("conflicts", "0001_initial"),
        ("database", "0002_fenced_files"),
        ("vault", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]

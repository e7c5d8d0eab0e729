from django.db import migrations

from cases.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("accounts", "0001_initial"),
        ("events", "0001_initial"),
        ("database", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]

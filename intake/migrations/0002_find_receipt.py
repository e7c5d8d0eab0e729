from django.db import migrations

from intake.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("database", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]

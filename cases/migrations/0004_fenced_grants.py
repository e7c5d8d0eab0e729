from django.db import migrations

from cases.sql import GRANTS


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_history_of_dates"), ("database", "0002_fenced_files")]
    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]

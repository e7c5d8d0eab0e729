from django.db import migrations

from cases.sql import GRANTS


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_access_functions"), ("database", "0002_fenced_files")]
    operations = [migrations.RunSQL(GRANTS, migrations.RunSQL.noop)]

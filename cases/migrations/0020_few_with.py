"""Which few of the office's open cases have certain codes is found by the index of codes."""

from django.db import migrations

from cases.sql import FEW_WITH


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_family")]
    operations = [migrations.RunSQL(FEW_WITH, migrations.RunSQL.noop)]

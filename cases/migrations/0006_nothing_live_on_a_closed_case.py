from django.db import migrations

from cases.sql import END_LEFT_ACCESS, OPEN_CASES


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_legal_hold")]
    operations = [
        migrations.RunSQL(END_LEFT_ACCESS, migrations.RunSQL.noop),
        migrations.RunSQL(OPEN_CASES, migrations.RunSQL.noop),
    ]

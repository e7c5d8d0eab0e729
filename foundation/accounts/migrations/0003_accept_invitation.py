from django.db import migrations

from foundation.accounts.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_invitation"), ("database", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]

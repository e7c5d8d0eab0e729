"""The weighing of readings looks at each list once, however often somebody went back to it."""

from django.db import migrations

from foundation.events.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("events", "0008_letting_go")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]

"""What an assistant reads; and who decides about access acts as a caseworker, whatever else they are."""

from django.db import migrations

from cases.sql import ASSISTED, FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_closing"),
        ("accounts", "0011_roles_that_add_up"),
        ("conflicts", "0002_functions"),
        ("vault", "0001_initial"),
        ("intake", "0011_forms_in_bounds"),
        ("events", "0006_readings_of_lists"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(ASSISTED, migrations.RunSQL.noop),
    ]

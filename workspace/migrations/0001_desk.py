"""What stands beside a case comes from one function of the database."""

from django.db import migrations

from workspace.desk_sql import DESK


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0019_family"),
        ("casework", "0003_hours"),
        ("conflicts", "0006_names_that_did_not_open"),
        ("files", "0007_files_of_staff"),
        ("intake", "0013_asked_on_the_telephone_and_later"),
        ("notifications", "0012_held_at_and_forgotten"),
        ("referrals", "0013_board"),
    ]
    operations = [migrations.RunSQL(DESK, migrations.RunSQL.noop)]

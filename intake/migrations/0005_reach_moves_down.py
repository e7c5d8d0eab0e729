from django.db import migrations


class Migration(migrations.Migration):
    """How someone may be reached is notifications' Reach now: the same table, found by its file (ADR 27)."""

    dependencies = [("intake", "0004_due_work")]

    operations = [
        migrations.RemoveField("safecontact", "applicant"),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("SafeContact")]),
    ]

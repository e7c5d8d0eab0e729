from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Apart from what fills the columns: PostgreSQL alters no table that still owes a check."""

    dependencies = [("notifications", "0004_reach")]

    operations = [
        migrations.AddConstraint(
            "reach", models.UniqueConstraint(fields=["file_id"], name="one_reach_per_file")
        ),
        migrations.AddConstraint(
            "reach",
            models.CheckConstraint(
                name="reach_stopped_at_some_time",
                condition=Q(stopped="", stopped_at=None) | ~Q(stopped="") & Q(stopped_at__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                name="message_suppressed_for_a_reason",
                condition=Q(status="suppressed") & ~Q(reason="") | ~Q(status="suppressed") & Q(reason=""),
            ),
        ),
    ]

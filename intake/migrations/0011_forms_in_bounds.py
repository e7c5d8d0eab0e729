"""How much strangers hold, what came in a burst, what was put aside; how the public form counts them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from intake.sql import ROOM


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_checkpoint"),
        ("accounts", "0008_office_page"),
        ("intake", "0010_what_the_return_page_shows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="held",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="intake",
            name="in_burst",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="intake",
            name="put_aside_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="intake",
            name="put_aside_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(fields=["office", "created_at"], name="intake_begun"),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(
                condition=models.Q(("in_burst", True)),
                fields=["office", "submitted_at"],
                name="intake_in_burst",
            ),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(
                condition=models.Q(("put_aside_at__isnull", False)), fields=["matter_id"], name="intake_aside"
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("put_aside_at", None), ("put_aside_by", None)),
                    models.Q(
                        ("in_burst", True), ("put_aside_at__isnull", False), ("put_aside_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="intake_put_aside_by_someone",
            ),
        ),
        migrations.RunSQL(ROOM, migrations.RunSQL.noop),
    ]

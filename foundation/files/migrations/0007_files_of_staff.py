"""Staff and attorneys add files to a matter; whoever holds the receipt sees none of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0006_numbers_and_taking_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("storedfile", "of_staff", models.BooleanField(default=False)),
        migrations.AddField(
            "upload",
            "sent_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveConstraint("upload", "one_upload_of_a_number"),
        migrations.AddConstraint(
            "upload",
            models.UniqueConstraint(
                condition=Q(("sent_by", None)), fields=("matter_id", "number"), name="one_upload_of_a_number"
            ),
        ),
        migrations.AddConstraint(
            "upload",
            models.UniqueConstraint(
                condition=Q(("sent_by__isnull", False)),
                fields=("matter_id", "number"),
                name="one_upload_of_staff_of_a_number",
            ),
        ),
        migrations.AddConstraint(
            "upload",
            models.CheckConstraint(
                condition=Q(("sent_by", None), ("taken_back_on", None), _connector="OR"),
                name="upload_of_staff_not_taken_back",
            ),
        ),
    ]

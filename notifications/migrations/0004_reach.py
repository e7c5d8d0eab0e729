import uuid

import django.db.models.deletion
from django.db import migrations, models

import foundation.vault.fields

REACH = migrations.CreateModel(
    name="Reach",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("file_id", models.UUIDField(db_index=True, editable=False)),
        ("ways", foundation.vault.fields.PersonalJSON(db_column="channels", default=list)),
        ("phone", foundation.vault.fields.PersonalText(default="")),
        ("email", foundation.vault.fields.PersonalText(default="")),
        ("hours", foundation.vault.fields.PersonalText(db_column="safe_times", default="")),
        ("through", foundation.vault.fields.PersonalText(default=None, null=True)),
        ("phone_index", models.BinaryField(db_index=True, max_length=16, null=True)),
        ("email_index", models.BinaryField(db_index=True, max_length=16, null=True)),
        ("may_leave_message", models.BooleanField(default=False)),
        (
            "office",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"
            ),
        ),
    ],
    options={"db_table": "intake_safecontact"},
)


class Migration(migrations.Migration):
    """Reach takes over the table of safe contacts; messages keep no address, and say why they were not sent."""

    dependencies = [
        ("accounts", "0004_other_line"),
        ("intake", "0005_reach_moves_down"),
        ("notifications", "0003_due_work"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[REACH]),
        migrations.AddField(
            "reach",
            "stopped",
            models.CharField(
                blank=True,
                choices=[("withdrawn", "They do not want our help any more")],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField("reach", "stopped_at", models.DateTimeField(null=True)),
        # Whoever withdrew before this was built wants nothing more either.
        migrations.RunSQL(
            "UPDATE intake_safecontact r SET stopped = 'withdrawn', stopped_at = now()"
            " FROM intake_intake i WHERE i.file_id = r.file_id AND i.status = 'withdrawn'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("message", "address"),
        migrations.AddField(
            "message",
            "reason",
            models.CharField(
                blank=True,
                choices=[
                    ("no_way", "They named no way to be reached."),
                    ("not_safe", "They did not call this way safe."),
                    ("no_address", "They left no address for this way."),
                    ("stopped", "They do not want to hear from us any more."),
                    ("not_theirs", "This message is not for people seeking help."),
                    ("left", "Their account is shut."),
                    ("late", "The invitation is over."),
                ],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE notifications_message SET reason = 'not_safe' WHERE status = 'suppressed'",
            migrations.RunSQL.noop,
        ),
    ]

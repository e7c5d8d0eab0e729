"""Somebody has one role or more, and an assistant works for attorneys until a day."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.accounts.sql import FUNCTIONS, RESTORED_BY_ALL

CARRY_OVER = """
UPDATE accounts_membership SET roles = ARRAY[role];
UPDATE accounts_invitation SET roles = ARRAY[role];
"""
ROLES = ["supervisor", "caseworker", "attorney", "assistant", "administrator", "security"]
CHOICES = [
    ("supervisor", "Supervisor"),
    ("caseworker", "Caseworker"),
    ("attorney", "Attorney"),
    ("assistant", "Assistant of an attorney"),
    ("administrator", "Administrator"),
    ("security", "Security officer"),
]


def roles_of(model):
    field = django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(choices=CHOICES, max_length=20), default=list, size=None
    )
    return migrations.AddField(model_name=model, name="roles", field=field)


def sound(model):
    condition = models.Q(
        ("roles__contained_by", ROLES),
        ("roles__len__gt", 0),
        models.Q(
            models.Q(("roles__contains", ["supervisor"]), _negated=True),
            ("roles__contains", ["caseworker"]),
            _connector="OR",
        ),
    )
    constraint = models.CheckConstraint(condition=condition, name=f"{model}_roles")
    return migrations.AddConstraint(model_name=model, constraint=constraint)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_first_invitation")]

    operations = [
        roles_of("membership"),
        roles_of("invitation"),
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="membership", name="membership_role"),
        migrations.RemoveConstraint(model_name="invitation", name="invitation_role"),
        migrations.RemoveField(model_name="membership", name="role"),
        migrations.RemoveField(model_name="invitation", name="role"),
        sound("membership"),
        sound("invitation"),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(RESTORED_BY_ALL, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Assistance",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("begun_at", models.DateTimeField()),
                ("ends_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "assistant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attorney",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assistances",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("assistant", "attorney"),
                        name="one_live_assistance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("assistant", models.F("attorney")), _negated=True),
                        name="assistance_of_two",
                    ),
                ],
            },
        ),
    ]

"""Steps that wait for a second person, or at which one looks after."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.vault.fields


def person(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_roles_that_add_up"),
        ("cases", "0013_assistants_and_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="closing", name="reminded_at", field=models.DateTimeField(null=True)
        ),
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("matter_id", models.UUIDField(db_column="file_id", db_index=True, editable=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("lower", "Lower the urgency below critical"),
                            ("decline", "Decline an urgent case"),
                            ("delete", "Delete what the person told us, as they wish"),
                            ("fenced", "Somebody was kept off the case"),
                            ("unfenced", "Somebody was let back to the case"),
                            ("held", "A legal hold was set"),
                            ("released", "A legal hold was lifted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("details", foundation.vault.fields.SensitiveJSON(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Done"),
                            ("refused", "Refused"),
                            ("dropped", "Taken back"),
                            ("seen", "Looked at"),
                        ],
                        max_length=8,
                    ),
                ),
                ("asked_by", person()),
                ("decided_by", person(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_looks",
                        to="cases.case",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("decided_at", None), ("step__in", ("lower", "decline", "delete"))
                        ),
                        fields=("case", "step"),
                        name="one_step_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("decision", "dropped"),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="second_look_by_a_second",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("decision", "")),
                            models.Q(
                                ("decided_at__isnull", False), models.Q(("decision", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="second_look_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                ["lower", "decline", "delete", "fenced", "unfenced", "held", "released"],
                            )
                        ),
                        name="second_look_step",
                    ),
                ],
            },
        ),
    ]

"""When somebody is away, and who covers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def person(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_roles_that_add_up")]

    operations = [
        migrations.CreateModel(
            name="Away",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("said_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("cover", person(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aways",
                        to="accounts.office",
                    ),
                ),
                ("said_by", person()),
                ("user", person()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))), name="away_from_to"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cover", None),
                            models.Q(("cover", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="away_covered_by_another",
                    ),
                ],
            },
        ),
    ]

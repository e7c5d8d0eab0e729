"""How an assignment ended, for whoever held it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_panel_import")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="ended_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("given_back", "You gave it back."),
                    ("taken_back", "Your office took it back from you."),
                    ("closed", "The case was closed."),
                    ("left", "What you held was handed over, as you were away or shut out."),
                ],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
    ]

"""Where an office is, and its hours in each language; hours written so far are in the site's first."""

from django.db import migrations, models

KEEP = """
update accounts_office set
    hours_in = case when hours = '' then '{}' else jsonb_build_object('en', hours) end,
    other_hours_in = case when other_hours = '' then '{}' else jsonb_build_object('en', other_hours) end
"""
GIVE_BACK = """
update accounts_office set
    hours = left(coalesce(hours_in ->> 'en', ''), 120),
    other_hours = left(coalesce(other_hours_in ->> 'en', ''), 120)
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_by_when_somebody_looks")]

    operations = [
        migrations.AddField("office", "address", models.TextField(blank=True, max_length=300)),
        migrations.AddField("office", "hours_in", models.JSONField(blank=True, default=dict)),
        migrations.AddField("office", "other_hours_in", models.JSONField(blank=True, default=dict)),
        migrations.RunSQL(KEEP, GIVE_BACK),
        migrations.RemoveField("office", "hours"),
        migrations.RemoveField("office", "other_hours"),
    ]

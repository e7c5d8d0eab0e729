"""The board that practitioners browse, and who asked for a case of it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from referrals.board_sql import BOARD


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_calendar_address'),
        ('referrals', '0012_before_and_after_a_yes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='practitioner',
            name='browses',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('track', models.CharField(choices=[('unknown', 'Not known yet'), ('affirmative', 'Affirmative (USCIS)'), ('defensive', 'Defensive (immigration court)')], max_length=12)),
                ('band', models.CharField(choices=[('CRITICAL', 'Critical'), ('HIGH', 'High'), ('MEDIUM', 'Medium'), ('ROUTINE', 'Routine')], max_length=10)),
                ('language', models.CharField(blank=True, max_length=3)),
                ('region', models.CharField(blank=True, max_length=20)),
                ('state', models.CharField(blank=True, max_length=2)),
                ('custody', models.CharField(blank=True, max_length=10)),
                ('is_child', models.BooleanField(null=True)),
                ('date_key', models.CharField(blank=True, max_length=40)),
                ('date_from', models.DateField(null=True)),
                ('date_until', models.DateField(null=True)),
                ('hours', models.CharField(blank=True, max_length=4)),
                ('brings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None)),
                ('listed_at', models.DateTimeField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('referral', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='listing', to='referrals.referral')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('said_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_how', models.CharField(blank=True, choices=[('withdrawn', 'You took it back'), ('offered', 'It was offered to you'), ('declined', 'Not you this time'), ('left', 'It is not open any more')], max_length=10)),
                ('why_not', models.CharField(blank=True, choices=[('other_fits', 'Somebody else fits it more closely.'), ('language', 'It needs somebody who speaks the language.'), ('experience', 'It needs somebody who has done such cases.'), ('place', 'It needs somebody who can be there in person.'), ('other', 'Your office had another reason: ask it.')], max_length=12)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='referrals.practitioner')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='referrals.referral')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('referral', 'practitioner'), name='one_live_interest'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_how', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_how', ''), _negated=True)), _connector='OR'), name='interest_ends_somehow')],
            },
        ),
        migrations.RunSQL(BOARD, migrations.RunSQL.noop),
    ]

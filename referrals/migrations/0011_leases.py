"""Offers that run in working time and can pause, cascades, everybody named in an offer, reserved cases with an alarm."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


from referrals.sql import NAMED, STRETCH


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0014_office_settings'),
        ('referrals', '0010_firms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cascade',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('stuck_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=120)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_how', models.CharField(blank=True, choices=[('placed', 'Somebody took the case.'), ('nobody', 'Nobody of those listed took it.'), ('stopped', 'It was stopped.'), ('names', 'The names of the case are not clear any more.'), ('given_up', 'The program could not go on with it.')], max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='CascadeStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('passed_at', models.DateTimeField(null=True)),
                ('passed_why', models.CharField(blank=True, choices=[('not_available', 'could not be asked'), ('not_trained', 'lacks a training that the queue asks for'), ('kept_off', 'is kept off this case'), ('conflict', 'said that they have a conflict')], max_length=14)),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='alarmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='left',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='offer',
            name='minutes',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='offer',
            name='paused_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='paused_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='remind_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='rescind_reason',
            field=models.CharField(blank=True, choices=[('found', 'The person found help elsewhere.'), ('changed', 'What is asked for has changed.'), ('mistake', 'It was put to you by mistake.'), ('other', 'Your office had another reason: ask it.'), ('closed', 'The case is over.'), ('names', 'The names of the case are being looked at anew.'), ('gone', 'You could not answer any more.')], max_length=10),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='closes',
            field=models.PositiveSmallIntegerField(default=17),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='opens',
            field=models.PositiveSmallIntegerField(default=9),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='time_zone',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='ended_how',
            field=models.CharField(blank=True, choices=[('given_back', 'You gave it back.'), ('taken_back', 'Your office took it back from you.'), ('closed', 'The case was closed.'), ('left', 'What you held was handed over, as you were away or shut out.'), ('overdue', 'No engagement was signed in time.')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(condition=models.Q(('remind_at__isnull', False), ('status', 'open')), fields=['remind_at'], name='offer_reminder'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paused_at', None), ('paused_until', None)), models.Q(('expires_at__gte', models.F('paused_until')), ('paused_until__gte', models.F('paused_at'))), _connector='OR'), name='offer_pause_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='practitioner',
            constraint=models.CheckConstraint(condition=models.Q(('closes__lte', 24), ('opens__lt', models.F('closes'))), name='practitioner_hours'),
        ),
        migrations.AddField(
            model_name='cascade',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cascade',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cascade',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='cascade',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cascades', to='referrals.referral'),
        ),
        migrations.AddField(
            model_name='cascadestep',
            name='cascade',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='referrals.cascade'),
        ),
        migrations.AddField(
            model_name='cascadestep',
            name='offer',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='step', to='referrals.offer'),
        ),
        migrations.AddField(
            model_name='cascadestep',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='cascadestep',
            name='practitioner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.practitioner'),
        ),
        migrations.AddIndex(
            model_name='cascade',
            index=models.Index(condition=models.Q(('next_try_at__isnull', False), ('stuck_at__isnull', True)), fields=['next_try_at', 'id'], name='cascade_due'),
        ),
        migrations.AddIndex(
            model_name='cascade',
            index=models.Index(condition=models.Q(('stuck_at__isnull', False)), fields=['stuck_at'], name='cascade_stuck'),
        ),
        migrations.AddConstraint(
            model_name='cascade',
            constraint=models.CheckConstraint(condition=models.Q(('stuck_at__isnull', True), ('next_try_at__isnull', False), _connector='OR'), name='cascade_stuck_in_line'),
        ),
        migrations.AddConstraint(
            model_name='cascade',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('referral',), name='one_live_cascade_per_referral'),
        ),
        migrations.AddConstraint(
            model_name='cascade',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('ended_how', '')), models.Q(('ended_at__isnull', False), ('ended_how__in', ['placed', 'nobody', 'stopped', 'names', 'given_up']), ('next_try_at', None)), _connector='OR'), name='cascade_ended_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='cascadestep',
            constraint=models.UniqueConstraint(fields=('cascade', 'place'), name='one_step_per_place'),
        ),
        migrations.AddConstraint(
            model_name='cascadestep',
            constraint=models.UniqueConstraint(fields=('cascade', 'practitioner'), name='listed_once'),
        ),
        migrations.AddConstraint(
            model_name='cascadestep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passed_at', None), ('passed_why', '')), models.Q(('offer', None), ('passed_at__isnull', False), ('passed_why__in', ['not_available', 'not_trained', 'kept_off', 'conflict'])), _connector='OR'), name='step_asked_or_passed'),
        ),
        migrations.RunSQL(STRETCH, migrations.RunSQL.noop),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
    ]

"""Firms with coordinators, malpractice cover, trainings, mentors; who answers for whom."""

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from cases.sql import FUNCTIONS, HOLD_CASE
from referrals.sql import FIRMS, NAMED_FIRMS


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_office_changes'),
        ('cases', '0016_papers'),
        ('conflicts', '0006_names_that_did_not_open'),
        ('referrals', '0009_how_an_assignment_ended'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Firm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='OfferMove',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('moved_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PanelRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('needs_cover', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Trained',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='practitioner',
            name='changed_credentials_are_unverified',
        ),
        migrations.RemoveConstraint(
            model_name='offer',
            name='offer_accepted_after_names',
        ),
        migrations.AddField(
            model_name='offer',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='offer',
            name='firm_shown_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='firm_shown_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='coordinates',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='cover',
            field=models.CharField(blank=True, choices=[('own', 'A policy of their own'), ('firm', "Their firm's policy"), ('office', "This office's policy"), ('other', "Another program's policy"), ('none', 'None')], max_length=8),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='cover_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='cover_verified_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='cover_verified_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='mentor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentees', to='referrals.practitioner'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='practitioner',
            trigger=pgtrigger.compiler.Trigger(name='changed_credentials_are_unverified', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF (OLD.kind, OLD.bar_state, OLD.bar_number, OLD.eoir_id) IS DISTINCT FROM\n       (NEW.kind, NEW.bar_state, NEW.bar_number, NEW.eoir_id)\n       AND NEW.verified_at IS NOT DISTINCT FROM OLD.verified_at THEN\n        NEW.verified_at = NULL;\n        NEW.verified_by_id = NULL;\n    END IF;\n    IF (OLD.cover, OLD.cover_until) IS DISTINCT FROM (NEW.cover, NEW.cover_until)\n       AND NEW.cover_verified_at IS NOT DISTINCT FROM OLD.cover_verified_at THEN\n        NEW.cover_verified_at = NULL;\n        NEW.cover_verified_by_id = NULL;\n    END IF;\n    RETURN NEW;\n', hash='2196731d215f7d3e12297510d0ff9e4b5419013e', operation='UPDATE', pgid='pgtrigger_changed_credentials_are_unverified_e4092', table='referrals_practitioner', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'accepted'), _negated=True), ('names_shown_at__isnull', False), models.Q(('firm_shown_at__isnull', False), ('firm_shown_to', models.F('answered_by'))), _connector='OR'), name='offer_accepted_after_names'),
        ),
        migrations.AddField(
            model_name='firm',
            name='batch',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='firms', to='referrals.panelimport'),
        ),
        migrations.AddField(
            model_name='firm',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='firms', to='accounts.office'),
        ),
        migrations.RenameField(model_name='practitioner', old_name='firm', new_name='firm_said'),
        migrations.AddField(
            model_name='practitioner',
            name='firm',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='referrals.firm'),
        ),
        # What practitioners called their firm becomes the office's firms; who answered an offer, themselves so far.
        migrations.RunSQL(NAMED_FIRMS, migrations.RunSQL.noop),
        migrations.RemoveField(model_name='practitioner', name='firm_said'),
        migrations.AddConstraint(
            model_name='practitioner',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cover_verified_at', None), ('cover_verified_by', None)), models.Q(('cover_verified_at__isnull', False), ('cover_verified_by__isnull', False), models.Q(('cover_verified_by', models.F('user')), _negated=True)), _connector='OR'), name='practitioner_cover_verified_by_someone_else'),
        ),
        migrations.AddConstraint(
            model_name='practitioner',
            constraint=models.CheckConstraint(condition=models.Q(('coordinates', False), ('firm__isnull', False), _connector='OR'), name='practitioner_coordinates_a_firm'),
        ),
        migrations.AddConstraint(
            model_name='practitioner',
            constraint=models.CheckConstraint(condition=models.Q(('mentor', None), models.Q(('mentor', models.F('id')), _negated=True), _connector='OR'), name='practitioner_is_not_their_own_mentor'),
        ),
        migrations.AddField(
            model_name='offermove',
            name='moved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='offermove',
            name='offer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='referrals.offer'),
        ),
        migrations.AddField(
            model_name='offermove',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='offermove',
            name='practitioner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.practitioner'),
        ),
        migrations.AddField(
            model_name='offermove',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='panelrules',
            name='office',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='trained',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trained',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='trained',
            name='practitioner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trained', to='referrals.practitioner'),
        ),
        migrations.AddField(
            model_name='training',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='trained',
            name='training',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='referrals.training'),
        ),
        migrations.AddConstraint(
            model_name='firm',
            constraint=models.UniqueConstraint(models.F('office'), django.db.models.functions.text.Lower('name'), name='one_firm_per_name'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.UniqueConstraint(models.F('office'), django.db.models.functions.text.Lower('name'), name='one_training_per_name'),
        ),
        migrations.AddConstraint(
            model_name='trained',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at', None)), fields=('practitioner', 'training'), name='trained_once'),
        ),
        migrations.RunSQL(FIRMS, migrations.RunSQL.noop),
        # They ask who answers for whom now.
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(HOLD_CASE, migrations.RunSQL.noop),
    ]

"""What was handed over before there was a directory is a hand-over that is done; from here on it is asked first."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import foundation.vault.fields
from referrals.sql import HAND_OVERS


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_first_invitation"),
        ("cases", "0012_closing"),
        ("directory", "0001_directory"),
        ("referrals", "0005_hand_off_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("OutsideReferral", "HandOver"),
        migrations.RenameField("handover", "organization", "receiver"),
        migrations.RenameField("handover", "handed_off_by", "asked_by"),
        migrations.RenameField("handover", "handed_off_at", "asked_at"),
        # What there is was handed over: it is done. What comes is asked first.
        migrations.CreateModel(
            name='ToldOf',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('noted_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='handover',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='consent_how',
            field=models.CharField(blank=True, choices=[('in_person', 'In person'), ('safe_way', 'By the safe way they chose, with the person alone'), ('signed', 'Signed on paper')], max_length=10),
        ),
        migrations.AddField(
            model_name='handover',
            name='consent_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='contact',
            field=foundation.vault.fields.PersonalText(default=None, null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='expires_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='given_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='given_how',
            field=models.CharField(blank=True, choices=[('phone', 'Over the telephone'), ('in_person', 'In person'), ('paper', 'On paper, given by hand'), ('encrypted', 'By encrypted mail'), ('themselves', 'The person told them themselves')], max_length=10),
        ),
        migrations.AddField(
            model_name='handover',
            name='organization',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='directory.organization'),
        ),
        migrations.AddField(
            model_name='handover',
            name='reached_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='reached_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='refusal',
            field=models.CharField(blank=True, choices=[('full', 'No room now'), ('fit', 'Not our field, language or place'), ('conflict', 'Conflict of interest'), ('more', 'We need to know more first: please call us'), ('other', 'Another reason')], max_length=10),
        ),
        migrations.AddField(
            model_name='handover',
            name='seen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='seen_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='sent_how',
            field=models.CharField(blank=True, choices=[('email', 'By e-mail, to its address for referrals'), ('phone', 'I read it to them over the telephone: show it to me once')], max_length=10),
        ),
        migrations.AddField(
            model_name='handover',
            name='shown',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='status',
            field=models.CharField(choices=[('asked', 'The organization is asked'), ('accepted', 'The organization said yes'), ('refused', 'The organization said no'), ('expired', 'No answer came'), ('rescinded', 'Taken back'), ('done', 'Handed over')], default='done', max_length=10),
        ),
        migrations.AlterField(
            model_name='handover',
            name='status',
            field=models.CharField(choices=[('asked', 'The organization is asked'), ('accepted', 'The organization said yes'), ('refused', 'The organization said no'), ('expired', 'No answer came'), ('rescinded', 'Taken back'), ('done', 'Handed over')], default='asked', max_length=10),
        ),
        migrations.AddField(
            model_name='handover',
            name='summary',
            field=foundation.vault.fields.SensitiveText(default=None, null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='token_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='handover',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('status', 'asked')), fields=['expires_at'], name='hand_over_expiry'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='legal_status_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{accepted:done,accepted:rescinded,asked:accepted,asked:expired,asked:refused,asked:rescinded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='4da023deb4eb978f6397d856405c6db73895ea3c', operation='UPDATE', pgid='pgtrigger_legal_status_moves_fe34f', table='referrals_handover', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'accepted', 'refused', 'expired', 'rescinded', 'done'])), name='hand_over_status'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['asked', 'accepted'])), fields=('case',), name='one_live_hand_over'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('token_hash', ''), _negated=True), fields=('token_hash',), name='one_hand_over_per_link'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organization', None), ('status', 'done')), models.Q(('consent_on__isnull', False), ('expires_at__isnull', False), ('organization__isnull', False), models.Q(('consent_how', ''), _negated=True)), _connector='OR'), name='hand_over_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'asked'), ('shown', ''), _connector='OR'), name='hand_over_shows_while_asked'),
        ),
        migrations.AddField(
            model_name='toldof',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told_of', to='cases.case'),
        ),
        migrations.AddField(
            model_name='toldof',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='toldof',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='toldof',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization'),
        ),
        migrations.AddConstraint(
            model_name='toldof',
            constraint=models.UniqueConstraint(fields=('case', 'organization'), name='told_of_once'),
        ),
        migrations.RunSQL(HAND_OVERS, migrations.RunSQL.noop),
    ]

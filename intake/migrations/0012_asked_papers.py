"""Papers the person is asked for, and the files that came for them."""

import django.db.models.deletion
import foundation.vault.fields
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_first_invitation'),
        ('files', '0007_files_of_staff'),
        ('intake', '0011_forms_in_bounds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedPaper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('code', models.SlugField(max_length=20)),
                ('words', foundation.vault.fields.PersonalText(default=None, null=True)),
                ('on_page', models.BooleanField()),
                ('due_on', models.DateField(null=True)),
                ('status', models.CharField(choices=[('asked', 'Asked for'), ('answered', 'To look at'), ('accepted', 'In'), ('not_needed', 'Not needed'), ('cannot', 'Cannot be had')], default='asked', max_length=12)),
                ('answer', models.CharField(blank=True, choices=[('sent', 'Sent it'), ('bring', 'Will bring it'), ('none', 'Does not have it'), ('cannot', 'Cannot get it')], max_length=8)),
                ('answered_at', models.DateTimeField(null=True)),
                ('again', models.CharField(blank=True, choices=[('unreadable', 'We cannot read it.'), ('part', 'A page is missing.'), ('another', 'It is another paper than we need.'), ('newer', 'There is a newer one.')], max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_papers', to='intake.intake')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
        ),
        migrations.CreateModel(
            name='AskedFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('upload', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='files.upload')),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='intake.askedpaper')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='askedpaper',
            index=models.Index(condition=models.Q(('reminded_at', None), ('status', 'asked')), fields=['due_on'], name='asked_paper_due'),
        ),
        migrations.AddConstraint(
            model_name='askedpaper',
            constraint=models.UniqueConstraint(fields=('matter_id', 'number'), name='one_asked_paper_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='askedpaper',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['asked', 'answered']), models.Q(('code', 'own'), _negated=True)), fields=('matter_id', 'code'), name='one_live_asked_paper_of_a_code'),
        ),
        migrations.AddConstraint(
            model_name='askedpaper',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'answered', 'accepted', 'not_needed', 'cannot'])), name='asked_paper_status'),
        ),
        migrations.AddConstraint(
            model_name='askedpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', 'own'), ('words__isnull', False)), models.Q(models.Q(('code', 'own'), _negated=True), ('words__isnull', True)), _connector='OR'), name='asked_paper_has_words'),
        ),
        migrations.AddConstraint(
            model_name='askedpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'answered'), _negated=True), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='asked_paper_answered'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='askedpaper',
            trigger=pgtrigger.compiler.Trigger(name='legal_status_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{answered:accepted,answered:asked,answered:cannot,answered:not_needed,asked:accepted,asked:answered,asked:cannot,asked:not_needed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='f79feaa8a7dd2b1e72296f048103c8da58bf5800', operation='UPDATE', pgid='pgtrigger_legal_status_moves_eda56', table='intake_askedpaper', when='BEFORE')),
        ),
    ]

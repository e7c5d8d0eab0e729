"""Plain codes for lists of cases, with the indexes of their orders; tags, saved searches, skills."""

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_office_changes'),
        ('cases', '0016_papers'),
        ('intake', '0012_asked_papers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseTag',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('tagged_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ListChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('assign', 'Given to a caseworker'), ('tag', 'Tagged')], max_length=8)),
                ('before', models.JSONField(default=dict)),
                ('done_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('asked', models.JSONField(default=dict)),
                ('is_shared', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Skills',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None)),
                ('trained_for', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('held', 'Held by immigration'), ('minors', 'Children')], max_length=10), blank=True, default=list, size=None)),
                ('said_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'skills',
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='case',
            name='caseworker_place',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce(models.F('caseworker_id'), models.Value(0)), output_field=models.BigIntegerField()),
        ),
        migrations.AddField(
            model_name='case',
            name='codes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='case',
            name='live_date',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='hearing_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='live_key',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
        migrations.AddField(
            model_name='case',
            name='urgency_place',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Case(models.When(band='CRITICAL', then=models.Value(0)), models.When(band='HIGH', then=models.Value(1)), models.When(band='MEDIUM', then=models.Value(2)), models.When(band='ROUTINE', then=models.Value(3)), output_field=models.IntegerField()), '*', models.Value(1000)), '+', models.Value(999)), '-', django.db.models.functions.comparison.Least(models.F('score'), models.Value(999))), output_field=models.PositiveIntegerField()),
        ),
        migrations.AddField(
            model_name='case',
            name='waits_on',
            field=models.CharField(blank=True, choices=[('office', 'Our office'), ('attorney', 'The attorney'), ('person', 'The person'), ('receiver', 'Another organization')], default='', max_length=10),
        ),
        migrations.AddField(
            model_name='case',
            name='waits_since',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='case',
            name='date_place',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('live_date', models.Value(datetime.date(9999, 12, 31))), output_field=models.DateField()),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['office', 'urgency_place', 'opened_at', 'id'], name='case_by_urgency'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['office', 'date_place', 'id'], name='case_by_date'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['office', 'opened_at', 'id'], name='case_by_coming'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['office', 'waits_on', 'waits_since', 'id'], name='case_by_waiting'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['office', 'waits_since', 'id'], name='case_by_since'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['office', 'caseworker_place', 'urgency_place', 'opened_at', 'id'], name='case_by_caseworker'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None), ('triaged_at', None)), fields=['office', 'urgency_place', 'opened_at', 'id'], name='case_unread'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None), ('triaged_at', None)), fields=['office', 'look_by', 'id'], name='case_look_by'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['office', 'closed_at', 'id'], name='case_ended'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed_at', None)), fields=['codes'], name='case_codes'),
        ),
        migrations.AddField(
            model_name='casetag',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='cases.case'),
        ),
        migrations.AddField(
            model_name='casetag',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='casetag',
            name='tagged_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='listchange',
            name='done_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='listchange',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='listchange',
            name='worker',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedsearch',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='savedsearch',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='skills',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='skills',
            name='said_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='skills',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tag',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tag',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='listchange',
            name='tag',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.tag'),
        ),
        migrations.AddField(
            model_name='casetag',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.tag'),
        ),
        migrations.AddIndex(
            model_name='savedsearch',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['office'], name='saved_search'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(models.F('office'), django.db.models.functions.text.Lower('name'), condition=models.Q(('ended_at', None)), name='one_tag_per_name'),
        ),
        migrations.AddConstraint(
            model_name='listchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'assign'), ('tag', None)), models.Q(('kind', 'tag'), ('tag__isnull', False), ('worker', None)), _connector='OR'), name='list_change_of_a_kind'),
        ),
        migrations.AddIndex(
            model_name='casetag',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['tag', 'case'], name='tagged'),
        ),
        migrations.AddConstraint(
            model_name='casetag',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('case', 'tag'), name='one_live_tag_of_a_kind'),
        ),
        # Until the next nightly run works out the codes, an open case waits for the office since it came.
        migrations.RunSQL(
            "UPDATE cases_case SET waits_since = opened_at,"
            " waits_on = CASE WHEN closed_at IS NULL THEN 'office' ELSE '' END",
            migrations.RunSQL.noop,
        ),
    ]

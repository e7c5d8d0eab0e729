"""Hours that are logged on a case."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_calendar_address'),
        ('cases', '0018_reference_end'),
        ('casework', '0002_small_tasks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LoggedHours',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('day', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('talks', 'Talks with the person'), ('papers', 'Forms, declarations, filings'), ('evidence', 'Evidence and research'), ('court', 'Hearings and interviews'), ('travel', 'Travel and waiting'), ('other', 'Anything else')], max_length=10)),
                ('logged_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(null=True)),
                ('struck_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='cases.case')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'logged hours',
                'indexes': [models.Index(condition=models.Q(('struck_at', None)), fields=['user', 'day'], name='hours_of_somebody')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['talks', 'papers', 'evidence', 'court', 'travel', 'other'])), name='hours_kind'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='hours_of_a_day')],
            },
        ),
    ]

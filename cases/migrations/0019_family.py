"""Somebody of a family has a matter of their own: linked, split off, taken apart."""

import django.db.models.deletion
import foundation.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_calendar_address'),
        ('cases', '0018_reference_end'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FamilyLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('other_matter_id', models.UUIDField(db_column='other_file_id', db_index=True)),
                ('clashes', models.BooleanField(default=False)),
                ('details', foundation.vault.fields.SensitiveJSON(default=dict)),
                ('why', foundation.vault.fields.SensitiveText(default='')),
                ('made_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('why_undone', foundation.vault.fields.SensitiveText(default='')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='family_links', to='cases.case')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('case', 'other_matter_id'), name='one_family_link'), models.CheckConstraint(condition=models.Q(('matter_id', models.F('other_matter_id')), _negated=True), name='family_never_itself'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='family_undone_by_someone')],
            },
        ),
    ]

"""Which paper each file of a case is."""

import django.db.models.deletion
import foundation.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_first_invitation'),
        ('cases', '0015_untaken'),
        ('files', '0007_files_of_staff'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('kind', foundation.vault.fields.SensitiveText(default='')),
                ('dated', foundation.vault.fields.SensitiveText(default='')),
                ('origin', models.CharField(choices=[('person', 'The person'), ('authority', 'The court, USCIS or DHS'), ('lawyer', 'Another lawyer'), ('us', 'Our office')], default='person', max_length=10)),
                ('note', foundation.vault.fields.SensitiveText(default='')),
                ('described_at', models.DateTimeField()),
                ('put_aside_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='cases.case')),
                ('described_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('put_aside_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('translation_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.upload')),
                ('upload', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='files.upload')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', ['person', 'authority', 'lawyer', 'us'])), name='paper_origin'), models.CheckConstraint(condition=models.Q(models.Q(('put_aside_at', None), ('put_aside_by', None)), models.Q(('put_aside_at__isnull', False), ('put_aside_by__isnull', False)), _connector='OR'), name='paper_put_aside_by_someone')],
            },
        ),
    ]

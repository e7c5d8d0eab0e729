"""Two people let somebody in who lost every second factor."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from foundation.accounts.sql import RESTORING


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_office_page'),
        ('mfa', '0003_authenticator_type_uniq'),
    ]

    operations = [
        migrations.CreateModel(
            name='Restoration',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('asked_how', models.CharField(choices=[('known', 'They stood before me, and I have known them for long'), ('document', 'They stood before me with a document that has their picture')], max_length=12)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_how', models.CharField(blank=True, choices=[('known', 'They stood before me, and I have known them for long'), ('document', 'They stood before me with a document that has their picture')], max_length=12)),
                ('paper', models.CharField(blank=True, max_length=20)),
                ('ends_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restorations', to='accounts.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('asked_by', models.F('user')), _negated=True), models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('user')), _negated=True), models.Q(('confirmed_by', models.F('asked_by')), _negated=True)), _connector='OR')), name='restoration_by_two_others'), models.CheckConstraint(condition=models.Q(('asked_how__in', ['known', 'document']), ('confirmed_how__in', ['', 'known', 'document'])), name='restoration_proof')],
            },
        ),
        migrations.RunSQL(RESTORING, migrations.RunSQL.noop),
    ]

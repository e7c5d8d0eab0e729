# Files that were sent wait in the same line as pages to be fetched.

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_other_line'),
        ('evidence', '0003_capture_and_cite'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='link',
            name='upload_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='link',
            name='upload_type',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AlterField(
            model_name='link',
            name='status',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('kept', 'In the library'), ('refused', 'Not taken')], default='waiting', max_length=10),
        ),
        migrations.AlterField(
            model_name='link',
            name='url',
            field=models.URLField(blank=True, max_length=1000),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('upload_sha256', ''), ('upload_type', ''), models.Q(('url', ''), _negated=True)), models.Q(models.Q(('upload_sha256', ''), _negated=True), models.Q(('upload_type', ''), _negated=True)), _connector='OR'), name='link_leads_somewhere'),
        ),
    ]

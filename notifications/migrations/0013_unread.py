"""The unread messages of somebody are found without a look at those that were read."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_calendar_address'),
        ('notifications', '0012_held_at_and_forgotten'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('channel', 'in_app'), ('read_at', None)), fields=['user'], name='message_unread'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("operations", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="kind",
            field=models.CharField(
                choices=[
                    ("backup", "Backup"),
                    ("drill", "Restore drill"),
                    ("retention", "Retention"),
                    ("restore", "Restore"),
                ],
                max_length=12,
            ),
        ),
    ]

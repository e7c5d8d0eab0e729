"""A synopsis and questions before a yes; engagements with scope and forms; a case handed on; lists imported."""

import django.contrib.postgres.fields
import django.db.models.deletion
import foundation.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from referrals.sql import HAND_ON


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0014_office_settings'),
        ('cases', '0018_reference_end'),
        ('files', '0007_files_of_staff'),
        ('referrals', '0011_leases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='letter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.upload'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='letter_how',
            field=models.CharField(blank=True, choices=[('file', 'Among the files of the case'), ('paper', 'Signed on paper, kept by the attorney')], max_length=6),
        ),
        migrations.AddField(
            model_name='assignment',
            name='papers_back',
            field=models.CharField(blank=True, choices=[('person', 'Given back to the person'), ('office', 'Given to the office'), ('none', 'There were none'), ('not_yet', 'Not yet: still with the attorney')], max_length=8),
        ),
        migrations.AddField(
            model_name='assignment',
            name='scope',
            field=models.CharField(blank=True, choices=[('full', 'The whole case'), ('limited', 'A part of it, as the letter says'), ('consult', 'Advice only')], max_length=8),
        ),
        migrations.AddField(
            model_name='offer',
            name='hand_on_note',
            field=foundation.vault.fields.SensitiveText(null=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='hands_on',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='asked_over', to='referrals.offer'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='ended_how',
            field=models.CharField(blank=True, choices=[('given_back', 'You gave it back.'), ('taken_back', 'Your office took it back from you.'), ('closed', 'The case was closed.'), ('left', 'What you held was handed over, as you were away or shut out.'), ('overdue', 'No engagement was signed in time.'), ('handed_on', 'A colleague took it over from you.')], max_length=10),
        ),
        migrations.CreateModel(
            name='ListImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parties', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('imported_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='list_imports', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('form', models.CharField(choices=[('eoir28', 'EOIR-28, to the immigration court'), ('g28', 'G-28, to USCIS, ICE or CBP')], max_length=6)),
                ('state', models.CharField(choices=[('not_needed', 'Not needed'), ('to_file', 'To be filed'), ('filed', 'Filed'), ('accepted', 'Accepted')], max_length=10)),
                ('filed_on', models.DateField(null=True)),
                ('noted_at', models.DateTimeField()),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='referrals.assignment')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assignment', 'form'), name='one_appearance_of_a_form'), models.CheckConstraint(condition=models.Q(models.Q(('filed_on__isnull', False), ('state__in', ['filed', 'accepted'])), models.Q(('filed_on', None), ('state__in', ['not_needed', 'to_file'])), _connector='OR'), name='appearance_filed_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='OfferQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('question', foundation.vault.fields.SensitiveText(default='')),
                ('answer', foundation.vault.fields.SensitiveText(null=True)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='referrals.offer')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='offer_question_answered_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Synopsis',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('matter_id', models.UUIDField(db_column='file_id', db_index=True, editable=False)),
                ('headline', foundation.vault.fields.SensitiveText(default='')),
                ('text', foundation.vault.fields.SensitiveText(default='')),
                ('hours', models.CharField(blank=True, choices=[('10', 'up to 10 hours'), ('30', '10 to 30 hours'), ('60', '30 to 60 hours'), ('100', '60 to 100 hours'), ('more', 'more than 100 hours')], max_length=4)),
                ('brings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('interpreter', 'An interpreter, paid by us, for every talk'), ('mentor', 'A mentor who has done such cases'), ('cover', 'Malpractice insurance'), ('evidence', 'Country conditions from our library'), ('costs', 'Filing fees and experts'), ('paralegal', "A paralegal's time")], max_length=12), blank=True, default=list, size=None)),
                ('written_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='synopses', to='cases.case')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'synopses',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='synopsis_approved_by_someone')],
            },
        ),
        migrations.RunSQL(HAND_ON, migrations.RunSQL.noop),
    ]

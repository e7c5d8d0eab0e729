from django.db import migrations, models

# Two presses at once had brought two copies of a report into a library. The oldest is the report's copy from now
# on; the others stay as they are, with what was cited from them. The owner is told to look past its own policies.
KEEP_THE_OLDEST = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE evidence_document NO FORCE ROW LEVEL SECURITY;
UPDATE evidence_document later SET report_id = NULL FROM evidence_document first
WHERE first.office_id = later.office_id AND first.report_id = later.report_id
  AND (first.added_at, first.id) < (later.added_at, later.id);
ALTER TABLE evidence_document FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0004_files_in_line'),
    ]

    operations = [
        migrations.RunSQL(KEEP_THE_OLDEST, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('office', 'report'), name='one_copy_of_a_report'),
        ),
    ]

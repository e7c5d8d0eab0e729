"""Which files the bound user is kept off: none, until the app that knows ring-fences replaces it."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION sec.fenced_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
  BEGIN ATOMIC SELECT NULL::uuid WHERE false; END;
"""


class Migration(migrations.Migration):
    dependencies = [("database", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]

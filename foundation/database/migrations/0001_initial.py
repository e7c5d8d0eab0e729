"""The schema of security functions, and what a policy asks: who is bound to this transaction."""

from django.db import migrations

# NULLIF: after a transaction-local setting PostgreSQL leaves '' behind, not NULL, and '' is no number.
FUNCTIONS = """
CREATE SCHEMA IF NOT EXISTS sec;
CREATE SCHEMA IF NOT EXISTS keys AUTHORIZATION intake_key_owner;
REVOKE ALL ON SCHEMA sec FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA sec TO intake_grantor;  -- the new owner of a function needs both

-- Bodies of standard SQL: their names are looked up now, once, so no search_path can lead them astray, and the
-- planner can put them into the query that asks.
CREATE OR REPLACE FUNCTION sec.user_id() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('app.user_id', true), '')::bigint;
CREATE OR REPLACE FUNCTION sec.office_id() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('app.office_id', true), '')::bigint;
CREATE OR REPLACE FUNCTION sec.file_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('app.file_id', true), '')::uuid;
CREATE OR REPLACE FUNCTION sec.actor() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('app.actor', true), '');

-- Which files someone from outside the staff may read (granted), and whose key they may hold (reachable:
-- also files of which they may read the names alone). The app that knows grants replaces both.
CREATE OR REPLACE FUNCTION sec.granted_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
  BEGIN ATOMIC SELECT NULL::uuid WHERE false; END;
CREATE OR REPLACE FUNCTION sec.reachable_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
  BEGIN ATOMIC SELECT NULL::uuid WHERE false; END;
"""


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]

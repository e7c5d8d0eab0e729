"""The wrapped data keys, in a schema and with an owner of their own, backed up apart from what they open."""

from django.db import migrations

KEYS = """
CREATE TABLE keys.case_key_wrap (
  file_id uuid NOT NULL,
  office_id bigint NOT NULL,
  recipient_kind text NOT NULL CHECK (recipient_kind IN ('kek', 'person', 'escrow')),
  recipient_id text NOT NULL,
  alg text NOT NULL DEFAULT 'A256GCM',
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (file_id, recipient_kind, recipient_id)
);
CREATE UNIQUE INDEX one_kek_wrap ON keys.case_key_wrap (file_id) WHERE recipient_kind = 'kek';
CREATE INDEX wraps_by_epoch ON keys.case_key_wrap (recipient_id) WHERE recipient_kind = 'kek';

ALTER TABLE keys.case_key_wrap OWNER TO intake_key_owner;
ALTER TABLE keys.case_key_wrap ENABLE ROW LEVEL SECURITY;
ALTER TABLE keys.case_key_wrap FORCE ROW LEVEL SECURITY;
REVOKE ALL ON keys.case_key_wrap FROM PUBLIC;

GRANT SELECT, INSERT ON keys.case_key_wrap TO intake_as_applicant;
CREATE POLICY applicant ON keys.case_key_wrap TO intake_as_applicant
  USING (file_id = (SELECT sec.file_id())) WITH CHECK (file_id = (SELECT sec.file_id()));
GRANT SELECT ON keys.case_key_wrap TO intake_as_attorney;
CREATE POLICY attorney ON keys.case_key_wrap TO intake_as_attorney
  USING (file_id = ANY(ARRAY(SELECT f FROM sec.reachable_files() f)));
GRANT SELECT, INSERT ON keys.case_key_wrap TO intake_as_caseworker;
CREATE POLICY caseworker ON keys.case_key_wrap TO intake_as_caseworker
  USING (office_id = (SELECT sec.office_id())) WITH CHECK (office_id = (SELECT sec.office_id()));
GRANT SELECT ON keys.case_key_wrap TO intake_as_administrator;
CREATE POLICY administrator ON keys.case_key_wrap TO intake_as_administrator
  USING (office_id = (SELECT sec.office_id()));
GRANT SELECT, INSERT, UPDATE, DELETE ON keys.case_key_wrap TO intake_as_system;
CREATE POLICY system ON keys.case_key_wrap TO intake_as_system USING (true) WITH CHECK (true);
GRANT SELECT ON keys.case_key_wrap TO intake_key_backup;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("database", "0001_initial")]
    operations = [migrations.RunSQL(KEYS, migrations.RunSQL.noop)]

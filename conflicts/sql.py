"""What the database itself must know: who is ring-fenced off which file, and whose list is whose."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION sec.fenced_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
  BEGIN ATOMIC
  SELECT file_id FROM public.conflicts_ringfence WHERE user_id = sec.user_id() AND lifted_at IS NULL;
  END;

-- The file of a practitioner's own list: conflicts.models.list_file works out the same.
CREATE OR REPLACE FUNCTION sec.list_file() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN encode(substr(sha256(convert_to('adverse list|' || sec.user_id(), 'UTF8')), 1, 16), 'hex')::uuid;

GRANT SELECT ON keys.case_key_wrap TO intake_as_names;
CREATE POLICY names ON keys.case_key_wrap TO intake_as_names USING (true);

DROP POLICY attorney ON keys.case_key_wrap;
CREATE POLICY attorney ON keys.case_key_wrap FOR SELECT TO intake_as_attorney
  USING (file_id = ANY(ARRAY(SELECT f FROM sec.reachable_files() f)));
GRANT INSERT ON keys.case_key_wrap TO intake_as_attorney;
CREATE POLICY attorney_list ON keys.case_key_wrap TO intake_as_attorney
  USING (file_id = (SELECT sec.list_file()))
  WITH CHECK (file_id = (SELECT sec.list_file()) AND office_id = (SELECT sec.office_id()));

DROP POLICY caseworker ON keys.case_key_wrap;
CREATE POLICY caseworker ON keys.case_key_wrap TO intake_as_caseworker
  USING (office_id = (SELECT sec.office_id()) AND file_id <> ALL(ARRAY(SELECT f FROM sec.fenced_files() f)))
  WITH CHECK (office_id = (SELECT sec.office_id()));
DROP POLICY administrator ON keys.case_key_wrap;
CREATE POLICY administrator ON keys.case_key_wrap TO intake_as_administrator
  USING (office_id = (SELECT sec.office_id()) AND file_id <> ALL(ARRAY(SELECT f FROM sec.fenced_files() f)));
"""

"""What the database itself must know: who is ring-fenced off which file, whose list is whose, what is asked."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION sec.fenced_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
  BEGIN ATOMIC
  SELECT file_id FROM public.conflicts_ringfence WHERE user_id = sec.user_id() AND lifted_at IS NULL;
  END;

-- The file of a practitioner's own list: conflicts.models.list_matter works out the same.
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

STANDING = """
-- The statuses of a matter's conflicts, with whomever they are: someone kept off the other side must not
-- make a matter clear by seeing less of it. What a draft was found by does not count for the other side.
CREATE FUNCTION sec.pair_statuses(wanted uuid) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT status FROM conflicts_conflicthit
   WHERE (file_id = wanted OR (other_file_id = wanted AND live)) AND kind = 'conflict' AND user_id IS NULL
     AND office_id = coalesce(sec.office_id(), office_id) $$;

-- A question makes a matter pending until it is answered, unless something worse is known already: what
-- conflicts/rules/standing.py says of a check that waits. Whoever may ask need not be able to read.
CREATE FUNCTION sec.names_asked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.kind = 'names' AND EXISTS (
    SELECT FROM conflicts_conflictcheck
     WHERE file_id = NEW.file_id AND user_id IS NULL AND kind <> 'names') THEN
    RETURN NULL;  -- asked before the answers were sent: it does not count beside later ones
  END IF;
  INSERT INTO conflicts_standing (id, office_id, file_id, state, changed_at)
  VALUES (gen_random_uuid(), NEW.office_id, NEW.file_id, 'pending', now())
  ON CONFLICT (file_id) DO UPDATE SET state = 'pending', changed_at = now()
   WHERE conflicts_standing.state IN ('clear', 'unread');
  RETURN NULL;
END $$;

ALTER FUNCTION sec.pair_statuses(uuid) OWNER TO intake_grantor;
ALTER FUNCTION sec.names_asked() OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.pair_statuses(uuid), sec.names_asked() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.pair_statuses(uuid) TO intake_as_caseworker, intake_as_names, intake_as_system;
GRANT SELECT ON conflicts_conflicthit, conflicts_conflictcheck TO intake_grantor;
GRANT SELECT, INSERT, UPDATE ON conflicts_standing TO intake_grantor;

CREATE TRIGGER names_asked AFTER INSERT ON conflicts_conflictcheck
  FOR EACH ROW WHEN (NEW.user_id IS NULL) EXECUTE FUNCTION sec.names_asked();
"""

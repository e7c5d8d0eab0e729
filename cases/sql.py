"""The database's own functions for access to a case: they check who asks, write the grant and record it.

The application's roles may read grants and write none. The functions run as `intake_grantor`, which looks
past the row policies for these few statements alone.
"""

LIVE = "revoked_at IS NULL AND granted_at <= now() AND (expires_at IS NULL OR expires_at > now())"

# A grant holds nobody to a file they are ring-fenced off.
GRANTS = f"""
CREATE OR REPLACE FUNCTION sec.granted_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
  BEGIN ATOMIC
  SELECT file_id FROM public.cases_caseaccess WHERE user_id = sec.user_id() AND scope = 'file' AND {LIVE}
     AND file_id <> ALL(ARRAY(SELECT f FROM sec.fenced_files() f));
  END;

CREATE OR REPLACE FUNCTION sec.reachable_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
  BEGIN ATOMIC
  SELECT file_id FROM public.cases_caseaccess WHERE user_id = sec.user_id() AND {LIVE}
     AND file_id <> ALL(ARRAY(SELECT f FROM sec.fenced_files() f));
  END;
"""

FUNCTIONS = f"""
-- May the bound principal decide about access to this case? Its office's caseworkers may, and our own jobs.
CREATE OR REPLACE FUNCTION sec.decides_access(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN session_user = 'intake_worker' OR EXISTS (
    SELECT FROM cases_case c JOIN accounts_membership m ON m.office_id = c.office_id
     JOIN accounts_user u ON u.id = m.user_id
     WHERE c.id = wanted AND u.id = sec.user_id() AND u.is_active AND 'caseworker' = ANY(m.roles)
       AND current_setting('role') IN ('intake_as_caseworker', 'intake_as_supervisor'));
END $$;

CREATE OR REPLACE FUNCTION sec.note_access(what text, of_case uuid, of_user bigint, details jsonb)
  RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO events_event (id, name, subject_type, subject_id, office_id, file_id, actor, data, at)
  SELECT gen_random_uuid(), what, 'cases.Case', c.id::text, c.office_id, c.file_id,
         coalesce(sec.actor(), 'system'), details || jsonb_build_object('user', of_user), now()
    FROM cases_case c WHERE c.id = of_case $$;

-- Grant access; true if it is new. A practitioner who may read the names may take the whole matter on; whoever
-- answers for them (sec.answers_for, of the app that knows firms) says so in their stead, or asks them instead.
CREATE OR REPLACE FUNCTION sec.grant_access(
    wanted_case uuid, wanted_user bigint, wanted_scope text, why text, until timestamptz)
  RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  speaks boolean := sec.answers_for(wanted_case, wanted_user);
  takes_on boolean;
BEGIN
  takes_on := wanted_scope = 'file' AND (wanted_user = sec.user_id() OR speaks) AND EXISTS (
    SELECT FROM cases_caseaccess a WHERE a.case_id = wanted_case AND a.user_id = wanted_user
      AND a.scope = 'names' AND {LIVE});
  IF NOT (takes_on OR (wanted_scope = 'names' AND speaks) OR sec.decides_access(wanted_case)) THEN
    RAISE insufficient_privilege USING MESSAGE = 'access to this case is not yours to grant';
  END IF;
  IF NOT EXISTS (SELECT FROM cases_case c JOIN accounts_membership m ON m.office_id = c.office_id
                  JOIN accounts_user u ON u.id = m.user_id
                 WHERE c.id = wanted_case AND u.id = wanted_user AND u.is_active) THEN
    RAISE insufficient_privilege USING MESSAGE = 'access can be granted to the office''s active members only';
  END IF;
  INSERT INTO cases_caseaccess (id, office_id, file_id, case_id, user_id, scope, reason, granted_at, expires_at)
  SELECT gen_random_uuid(), c.office_id, c.file_id, c.id, wanted_user, wanted_scope, why, now(), until
    FROM cases_case c WHERE c.id = wanted_case
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    PERFORM sec.note_access('cases.access_granted', wanted_case, wanted_user,
                            jsonb_build_object('reason', why, 'scope', wanted_scope));
    RETURN true;
  END IF;
  RETURN false;
END $$;

-- End a grant; true if there was one. Its holder may end it, and whoever decides or answers the offer for them.
CREATE OR REPLACE FUNCTION sec.revoke_access(wanted_case uuid, wanted_user bigint, why text)
  RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (wanted_user = sec.user_id() OR (why = 'offer' AND sec.answers_for(wanted_case, wanted_user))
          OR sec.decides_access(wanted_case)) THEN
    RAISE insufficient_privilege USING MESSAGE = 'access to this case is not yours to revoke';
  END IF;
  UPDATE cases_caseaccess SET revoked_at = now()
   WHERE case_id = wanted_case AND user_id = wanted_user AND reason = why AND revoked_at IS NULL;
  IF FOUND THEN
    PERFORM sec.note_access('cases.access_revoked', wanted_case, wanted_user, jsonb_build_object('reason', why));
    RETURN true;
  END IF;
  RETURN false;
END $$;

ALTER FUNCTION sec.decides_access(uuid) OWNER TO intake_grantor;
ALTER FUNCTION sec.note_access(text, uuid, bigint, jsonb) OWNER TO intake_grantor;
ALTER FUNCTION sec.grant_access(uuid, bigint, text, text, timestamptz) OWNER TO intake_grantor;
ALTER FUNCTION sec.revoke_access(uuid, bigint, text) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.decides_access(uuid), sec.note_access(text, uuid, bigint, jsonb),
  sec.grant_access(uuid, bigint, text, text, timestamptz), sec.revoke_access(uuid, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.grant_access(uuid, bigint, text, text, timestamptz),
  sec.revoke_access(uuid, bigint, text) TO intake_as_caseworker, intake_as_attorney, intake_as_system;

GRANT SELECT ON cases_case, accounts_membership, accounts_user TO intake_grantor;
GRANT SELECT, INSERT, UPDATE ON cases_caseaccess TO intake_grantor;
GRANT INSERT ON events_event TO intake_grantor;
"""

# What an assistant reads: what their attorneys hold, while the assistance lives, less what either is kept off.
ASSISTED = f"""
CREATE FUNCTION sec.assisted_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE ROWS 20 SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT a.file_id FROM cases_caseaccess a
    JOIN accounts_assistance t ON t.attorney_id = a.user_id JOIN accounts_office o ON o.id = t.office_id
   WHERE t.assistant_id = sec.user_id() AND t.ended_at IS NULL
     AND t.ends_on >= (now() AT TIME ZONE o.time_zone)::date
     AND a.scope = 'file' AND {LIVE}
     AND NOT EXISTS (SELECT FROM conflicts_ringfence f WHERE f.file_id = a.file_id AND f.lifted_at IS NULL
                        AND f.user_id IN (t.assistant_id, t.attorney_id)) $$;
ALTER FUNCTION sec.assisted_files() OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.assisted_files() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.assisted_files() TO intake_as_assistant;
GRANT SELECT ON accounts_assistance, accounts_office, conflicts_ringfence TO intake_grantor;

GRANT SELECT ON keys.case_key_wrap TO intake_as_assistant;
CREATE POLICY assistant ON keys.case_key_wrap FOR SELECT TO intake_as_assistant
  USING (file_id = ANY(ARRAY(SELECT f FROM sec.assisted_files() f)));
GRANT EXECUTE ON FUNCTION sec.weigh_readings(timestamptz, uuid[], int, int) TO intake_as_assistant;
-- How much comes in, in numbers: a security officer sees no more of it.
GRANT EXECUTE ON FUNCTION sec.forms_in_hand(bigint, timestamptz, timestamptz, timestamptz) TO intake_as_security;
"""

# A case that is over is nobody's but the office's: nothing live may hang on it (ADR 21). What checks this runs as
# `intake_grantor`, since whoever writes a row may not see the case; it locks the case, so that no row slips in
# beside one that ends it.
HOLD_CASE = """
-- Lock a case until the transaction ends: true if it is open, false if it is over, null where it is none of yours.
CREATE OR REPLACE FUNCTION sec.hold_case(wanted uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
DECLARE is_open boolean;
BEGIN
  IF sec.decides_access(wanted) OR sec.answers_for(wanted) OR EXISTS (
    SELECT FROM cases_caseaccess a WHERE a.case_id = wanted AND a.user_id = sec.user_id() AND {LIVE}) THEN
    SELECT closed_at IS NULL INTO is_open FROM cases_case WHERE id = wanted FOR NO KEY UPDATE;
  END IF;
  RETURN is_open;
END $$;
""".replace("{LIVE}", LIVE)

OPEN_CASES = (
    HOLD_CASE
    + """
CREATE OR REPLACE FUNCTION sec.refuse_unless_open(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM cases_case WHERE id = wanted AND closed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE check_violation USING MESSAGE = 'nothing may be live on a case that is not open';
  END IF;
END $$;

-- For a table with a case of its own: its live rows need an open one.
CREATE OR REPLACE FUNCTION sec.needs_open_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN PERFORM sec.refuse_unless_open(NEW.case_id); RETURN NEW; END $$;

CREATE OR REPLACE FUNCTION sec.leaves_no_access() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM cases_caseaccess WHERE case_id = NEW.id AND revoked_at IS NULL) THEN
    RAISE check_violation USING MESSAGE = 'someone still has access to this case';
  END IF;
  RETURN NEW;
END $$;

ALTER FUNCTION sec.hold_case(uuid) OWNER TO intake_grantor;
ALTER FUNCTION sec.refuse_unless_open(uuid) OWNER TO intake_grantor;
ALTER FUNCTION sec.needs_open_case() OWNER TO intake_grantor;
ALTER FUNCTION sec.leaves_no_access() OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.hold_case(uuid), sec.refuse_unless_open(uuid), sec.needs_open_case(),
  sec.leaves_no_access() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.hold_case(uuid) TO intake_as_caseworker, intake_as_attorney, intake_as_system;
GRANT UPDATE (closed_at) ON cases_case TO intake_grantor;  -- a lock asks for the right to update

CREATE TRIGGER needs_open_case BEFORE INSERT OR UPDATE ON cases_caseaccess
  FOR EACH ROW WHEN (NEW.revoked_at IS NULL) EXECUTE FUNCTION sec.needs_open_case();
CREATE TRIGGER leaves_no_access BEFORE UPDATE ON cases_case
  FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL) EXECUTE FUNCTION sec.leaves_no_access();
"""
)

# Once, for what was left open before: the access that closed cases still gave.
END_LEFT_ACCESS = """
WITH ended AS (
  UPDATE cases_caseaccess a SET revoked_at = now() FROM cases_case c
   WHERE c.id = a.case_id AND c.closed_at IS NOT NULL AND a.revoked_at IS NULL
  RETURNING a.case_id, a.user_id, a.reason)
SELECT sec.note_access('cases.access_revoked', case_id, user_id, jsonb_build_object('reason', reason)) FROM ended;
"""

FEW_WITH = """
-- The office's open cases that have all these codes, but for those the bound person is fenced off; NULL where
-- there are more. What arrays are compared by is not leakproof, so that beside row policies no index serves it.
CREATE OR REPLACE FUNCTION sec.few_with(wanted varchar[], most int) RETURNS uuid[]
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  found uuid[];
BEGIN
  SELECT array_agg(few.id) INTO found FROM (
    SELECT c.id FROM cases_case c
     WHERE c.codes @> wanted AND c.closed_at IS NULL AND c.office_id = sec.office_id()
       AND c.file_id <> ALL(ARRAY(SELECT f FROM sec.fenced_files() f))
     LIMIT most + 1) few;
  RETURN CASE WHEN cardinality(found) > most THEN NULL ELSE coalesce(found, '{}') END;
END $$;
ALTER FUNCTION sec.few_with(varchar[], int) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.few_with(varchar[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.few_with(varchar[], int) TO intake_as_caseworker, intake_as_administrator;
"""

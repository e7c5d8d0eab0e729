"""The database's own functions for what nobody may do by themselves, and for what is shown of others.

The sign-in pages' role may read accounts and make none: whoever breaks into one cannot invite himself.
Nobody may touch another's second factors: two people together may, and the database counts them.
"""

FUNCTIONS = """
-- Make the account of an open invitation; its id, or nothing if the link is used, over or wrong.
CREATE OR REPLACE FUNCTION sec.accept_invitation(link text, password_hash text, in_language text)
  RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE invited accounts_invitation; made bigint;
BEGIN
  SELECT * INTO invited FROM accounts_invitation
   WHERE token_hash = link AND accepted_at IS NULL AND expires_at > now() FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO accounts_user (email, name, password, is_active, language)
  VALUES (invited.email, invited.name, password_hash, true, in_language)
  ON CONFLICT DO NOTHING RETURNING id INTO made;
  IF made IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO accounts_membership (user_id, office_id, roles, since)
  VALUES (made, invited.office_id, invited.roles, now());
  UPDATE accounts_invitation SET accepted_at = now() WHERE id = invited.id;
  RETURN made;
END $$;

ALTER FUNCTION sec.accept_invitation(text, text, text) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.accept_invitation(text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.accept_invitation(text, text, text) TO intake_as_gate;
GRANT SELECT, UPDATE ON accounts_invitation TO intake_grantor;
GRANT SELECT, INSERT ON accounts_user, accounts_membership TO intake_grantor;
"""

RESTORING = """
-- Put one code in place of all of somebody's second factors, and end their sessions, as the second of two people.
-- True once; false if it is over, done, or if whoever asks is not somebody else of the same office.
CREATE OR REPLACE FUNCTION sec.restore_sign_in(wanted uuid, how text, codes jsonb)
  RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE asked accounts_restoration;
BEGIN
  SELECT * INTO asked FROM accounts_restoration r
   WHERE r.id = wanted AND r.confirmed_at IS NULL AND r.ends_at > now()
     AND r.office_id = sec.office_id() AND sec.user_id() NOT IN (r.user_id, r.asked_by_id)
     FOR UPDATE;
  IF NOT FOUND OR NOT EXISTS (
    SELECT FROM accounts_user u JOIN accounts_membership m ON m.user_id = u.id
     WHERE u.id = sec.user_id() AND u.is_active AND m.office_id = asked.office_id
  ) THEN
    RETURN false;
  END IF;
  UPDATE accounts_restoration
     SET confirmed_by_id = sec.user_id(), confirmed_at = now(), confirmed_how = how WHERE id = wanted;
  DELETE FROM mfa_authenticator WHERE user_id = asked.user_id;
  INSERT INTO mfa_authenticator (user_id, type, data, created_at)
  VALUES (asked.user_id, 'recovery_codes', codes, now());
  DELETE FROM accounts_session WHERE user_id = asked.user_id;
  RETURN true;
END $$;

-- Which second factors the people of one's own office have, and when they last used them: nothing of a secret.
CREATE OR REPLACE FUNCTION sec.office_factors()
  RETURNS TABLE (user_id bigint, type text, last_used_at timestamptz, left_over int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.user_id, a.type::text, a.last_used_at,
         10 - length(replace((coalesce(a.data->>'used_mask', '0')::bigint)::bit(16)::text, '0', ''))
    FROM mfa_authenticator a JOIN accounts_membership m ON m.user_id = a.user_id
   WHERE m.office_id = sec.office_id() ORDER BY a.created_at
$$;

ALTER FUNCTION sec.restore_sign_in(uuid, text, jsonb) OWNER TO intake_grantor;
ALTER FUNCTION sec.office_factors() OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.restore_sign_in(uuid, text, jsonb), sec.office_factors() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.restore_sign_in(uuid, text, jsonb)
  TO intake_as_caseworker, intake_as_attorney, intake_as_administrator;
GRANT EXECUTE ON FUNCTION sec.office_factors() TO intake_as_administrator;
GRANT SELECT, UPDATE ON accounts_restoration TO intake_grantor;
GRANT SELECT, INSERT, DELETE ON mfa_authenticator TO intake_grantor;
GRANT SELECT, DELETE ON accounts_session TO intake_grantor;
"""

# The roles that came later may be the second person too.
RESTORED_BY_ALL = """
GRANT EXECUTE ON FUNCTION sec.restore_sign_in(uuid, text, jsonb) TO intake_as_assistant, intake_as_security;
"""

"""The database's own function for accepting an invitation: it checks the link, then makes the account.

The sign-in pages' role may read accounts and make none: whoever breaks into one cannot invite himself.
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
  INSERT INTO accounts_membership (user_id, office_id, role, since)
  VALUES (made, invited.office_id, invited.role, now());
  UPDATE accounts_invitation SET accepted_at = now() WHERE id = invited.id;
  RETURN made;
END $$;

ALTER FUNCTION sec.accept_invitation(text, text, text) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.accept_invitation(text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.accept_invitation(text, text, text) TO intake_as_gate;
GRANT SELECT, UPDATE ON accounts_invitation TO intake_grantor;
GRANT SELECT, INSERT ON accounts_user, accounts_membership TO intake_grantor;
"""

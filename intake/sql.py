"""The database's own function to find an intake by its receipt, before anyone may read it."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION sec.find_receipt(wanted text)
  RETURNS TABLE (file_id uuid, secret_hash text) LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT i.file_id, i.secret_hash FROM intake_intake i WHERE i.locator = wanted $$;
ALTER FUNCTION sec.find_receipt(text) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.find_receipt(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.find_receipt(text) TO intake_as_anonymous, intake_as_applicant, intake_as_system;
GRANT SELECT ON intake_intake TO intake_grantor;
"""

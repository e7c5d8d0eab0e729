"""The database's own functions: an intake by its receipt, before anyone may read it; how many forms there are."""

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

ROOM = """
-- How many forms strangers began and sent since then, left unfinished, the megabytes they hold since `kept`, and
-- whether the office heard of a shortage since `quiet`. Counts alone: who asks may read no other form.
CREATE OR REPLACE FUNCTION sec.forms_in_hand(office bigint, since timestamptz, kept timestamptz, quiet timestamptz)
  RETURNS TABLE (begun bigint, sent bigint, unfinished bigint, held bigint, is_told boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(*) FILTER (WHERE created_at > since),
    count(*) FILTER (WHERE submitted_at > since),
    count(*) FILTER (WHERE status = 'draft' AND expires_at > since),
    coalesce(sum(i.held), 0),
    EXISTS (SELECT FROM events_event e WHERE e.office_id = office AND e.at > quiet
              AND e.name = 'intake.room_short')
  FROM intake_intake i WHERE office_id = office AND typed_by_id IS NULL AND created_at > kept $$;
ALTER FUNCTION sec.forms_in_hand(bigint, timestamptz, timestamptz, timestamptz) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.forms_in_hand(bigint, timestamptz, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.forms_in_hand(bigint, timestamptz, timestamptz, timestamptz)
  TO intake_as_applicant, intake_as_caseworker, intake_as_administrator, intake_as_system;
GRANT SELECT ON events_event TO intake_grantor;
"""

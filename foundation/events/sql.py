"""The database's own function that tells somebody's readings to the program that watches them.

Attorneys may not read the access records, and nobody should have to count them one by one.
"""

FUNCTIONS = """
-- What the bound person opened since then, each matter once by its heaviest reading: alone, or in a list.
-- `added`: the same with these matters beside them; `is_told`: whether the alarm rang since then.
CREATE OR REPLACE FUNCTION sec.weigh_readings(since timestamptz, asked uuid[], alone int, in_list int)
  RETURNS TABLE (points bigint, added bigint, is_told boolean) LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  BEGIN RETURN QUERY  -- in PL/pgSQL, which keeps its plan: it is asked for at each page
  WITH mine AS (  -- distinct: whoever works goes back to the same list and the same case all morning
    SELECT DISTINCT r.file_id, r.file_ids FROM events_accessrecord r
     WHERE r.actor = sec.actor() AND r.at > since AND r.action = 'opened'),
  seen AS (
    SELECT file_id AS matter, alone AS weight FROM mine WHERE file_id IS NOT NULL
    UNION ALL SELECT unnest(file_ids), in_list FROM mine),
  before AS (SELECT matter, max(weight) AS weight FROM seen GROUP BY matter),
  after AS (
    SELECT max(weight) AS weight FROM (
      SELECT matter, weight FROM before
      UNION ALL SELECT unnest(asked), CASE WHEN cardinality(asked) = 1 THEN alone ELSE in_list END
    ) AS every GROUP BY matter)
  SELECT (SELECT coalesce(sum(weight), 0) FROM before), (SELECT coalesce(sum(weight), 0) FROM after),
    EXISTS (SELECT FROM events_event e WHERE e.office_id = sec.office_id() AND e.at > since
              AND e.name = 'vault.alarm_raised' AND e.actor = sec.actor());
  END $$;
ALTER FUNCTION sec.weigh_readings(timestamptz, uuid[], int, int) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.weigh_readings(timestamptz, uuid[], int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.weigh_readings(timestamptz, uuid[], int, int)
  TO intake_as_caseworker, intake_as_attorney, intake_as_administrator;
GRANT SELECT ON events_accessrecord, events_event TO intake_grantor;
"""

LEAST_DAYS = (
    730  # readings younger than this are let go by nobody; operations/data/retention.csv asks for no less
)

LETTING_GO = f"""
-- Let go of the readings of one signed batch, all of which are older than any office may choose; how many went.
CREATE OR REPLACE FUNCTION sec.let_go_of_readings(after_seq bigint, until_seq bigint, from_xid bigint, to_xid bigint)
  RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DECLARE gone bigint;
  BEGIN
    DELETE FROM events_accessrecord r
     WHERE r.seq > after_seq AND (until_seq IS NULL OR r.seq <= until_seq)
       AND r.xid >= from_xid AND (to_xid IS NULL OR r.xid < to_xid)
       AND r.at < now() - interval '{LEAST_DAYS} days';
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
  END $$;
ALTER FUNCTION sec.let_go_of_readings(bigint, bigint, bigint, bigint) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.let_go_of_readings(bigint, bigint, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.let_go_of_readings(bigint, bigint, bigint, bigint) TO intake_as_system;
GRANT DELETE ON events_accessrecord TO intake_grantor;
"""

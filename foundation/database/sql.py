"""The database's functions that count: called over the log-in that records who looked, which can do nothing else."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION sec.put_count(wanted text, number double precision, seconds double precision, only_new boolean)
  RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO database_count AS c (entry, value, ends_at)
  VALUES (wanted, number, clock_timestamp() + make_interval(secs => seconds))
  ON CONFLICT (entry) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
  WHERE NOT only_new OR c.ends_at <= clock_timestamp()
  RETURNING true $$;
CREATE OR REPLACE FUNCTION sec.add_to_count(wanted text, number double precision)
  RETURNS double precision LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE database_count SET value = value + number
  WHERE entry = wanted AND ends_at > clock_timestamp() RETURNING value $$;
CREATE OR REPLACE FUNCTION sec.read_count(wanted text)
  RETURNS double precision LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT value FROM database_count WHERE entry = wanted AND ends_at > clock_timestamp() $$;
CREATE OR REPLACE FUNCTION sec.drop_count(wanted text)
  RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM database_count WHERE entry = wanted OR ends_at <= clock_timestamp() $$;
ALTER FUNCTION sec.put_count(text, double precision, double precision, boolean) OWNER TO intake_grantor;
ALTER FUNCTION sec.add_to_count(text, double precision) OWNER TO intake_grantor;
ALTER FUNCTION sec.read_count(text) OWNER TO intake_grantor;
ALTER FUNCTION sec.drop_count(text) OWNER TO intake_grantor;
REVOKE ALL ON FUNCTION sec.put_count(text, double precision, double precision, boolean),
  sec.add_to_count(text, double precision), sec.read_count(text), sec.drop_count(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.put_count(text, double precision, double precision, boolean),
  sec.add_to_count(text, double precision), sec.read_count(text), sec.drop_count(text) TO intake_audit;
GRANT SELECT, INSERT, UPDATE, DELETE ON database_count TO intake_grantor;
"""

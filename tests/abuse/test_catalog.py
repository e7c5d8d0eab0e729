"""The database's own catalog: sound as it is, and each fault named when it is made on purpose."""

import psycopg
import pytest
from django.db import connection, transaction

from foundation.database.catalog import problems
from foundation.devstack.template import url_of

BROKEN = {
    "row security is not forced": "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY",
    "cases_note: row security": "ALTER TABLE cases_note DISABLE ROW LEVEL SECURITY",
    "3 policies, 5 declared": "DROP POLICY attorney ON cases_case; DROP POLICY caseworker ON cases_case",
    "6 policies": "CREATE POLICY loose ON cases_case USING (true)",
    "owned by intake": "ALTER TABLE cases_case OWNER TO intake",
    "without security_invoker": "CREATE VIEW peek AS SELECT * FROM cases_case",
    "materialized view": "CREATE MATERIALIZED VIEW peek AS SELECT * FROM cases_case",
    "search_path is not pinned": "ALTER FUNCTION sec.grant_access RESET search_path",
    "runs as intake": "ALTER FUNCTION sec.revoke_access OWNER TO intake",
    "everyone may call it": "GRANT EXECUTE ON FUNCTION sec.grant_access TO PUBLIC",
    "holds SELECT": "GRANT SELECT ON cases_case TO PUBLIC",
    "holds TRUNCATE": "GRANT TRUNCATE ON events_event TO intake_as_system",
}
# Roles are the server's, not one database's: made in a transaction that is taken back.
LOOSE_ROLES = {
    "intake_staff: looks past": "ALTER ROLE intake_staff BYPASSRLS",
    "intake_worker: has more power": "ALTER ROLE intake_worker SUPERUSER",
    "intake_owner: owns tables and can log in": "ALTER ROLE intake_owner LOGIN",
}


def test_the_database_is_as_declared(db):
    with transaction.atomic(), connection.cursor() as cursor:
        assert problems(cursor) == []


@pytest.mark.parametrize("words", [*BROKEN, *LOOSE_ROLES])
def test_a_fault_made_on_purpose_is_named(db, words):
    with psycopg.connect(url_of(db)) as owner:
        statement = BROKEN.get(words) or LOOSE_ROLES[words]
        owner.execute(statement)
        found = problems(owner.cursor())
        owner.rollback()
    assert any(words in problem for problem in found), found

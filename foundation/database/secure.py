"""Bring owners, grants and row policies to what the models declare. Run after every migrate."""

import hashlib
from collections.abc import Iterable

from django.db import connections, transaction

from foundation.database.logins import AS, GRANTOR, OWNER
from foundation.database.rows import Rows, all_tables, rows_of

MARK = "row policies "
TABLES_OF_DJANGO = ("django_migrations",)
ROLES = ", ".join(f"intake_as_{name}" for name in AS)


class Undeclared(RuntimeError):
    """A model declares no row policies."""


def secure(using: str = "default") -> None:
    """Apply ownership, grants and policies, table by table, where they differ from what stands."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in around(connection):
            cursor.execute(statement)
        marks = _marks(cursor)
        for table, model in sorted(all_tables().items()):
            rows = rows_of(model)
            if rows is None:
                raise Undeclared(f"{model._meta.label} declares no ROWS (foundation/database/rows.py).")
            wanted = list(statements_for(table, rows))
            mark = MARK + hashlib.sha256("\n".join(wanted).encode()).hexdigest()[:16]
            if marks.get(table) != mark:
                for statement in wanted:
                    cursor.execute(statement)
                cursor.execute(f"COMMENT ON TABLE {quoted(table)} IS '{mark}'")


def around(connection) -> Iterable[str]:  # type: ignore[no-untyped-def]
    """Yield what holds for the whole database: schemas, owners of the functions, what is nobody's."""
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public, sec TO {ROLES}, {OWNER}, {GRANTOR}, intake_audit, intake_backup"
    yield f"GRANT USAGE ON SCHEMA keys TO {ROLES}, intake_key_backup"
    yield "GRANT SELECT ON ALL TABLES IN SCHEMA public TO intake_backup"
    yield "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO intake_backup"
    for table in TABLES_OF_DJANGO:
        yield f"ALTER TABLE IF EXISTS {table} OWNER TO {OWNER}"
    # Which migrations were run is no secret: what starts asks whether the database is ahead of it.
    yield f"GRANT SELECT ON django_migrations TO {ROLES}"
    yield f"""DO $$ DECLARE f regprocedure; BEGIN
        FOR f IN SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                 LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
                 WHERE n.nspname = 'public' AND d.objid IS NULL
                   AND p.proowner <> '{OWNER}'::regrole
        LOOP EXECUTE format('ALTER FUNCTION %s OWNER TO {OWNER}', f); END LOOP; END $$"""


def _marks(cursor) -> dict[str, str]:  # type: ignore[no-untyped-def]
    cursor.execute(
        "SELECT relname, obj_description(oid, 'pg_class') FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    return dict(cursor.fetchall())


def statements_for(table: str, rows: Rows) -> Iterable[str]:
    """Yield the SQL that gives one table its owner, its grants and its policies."""
    name = quoted(table)
    yield f"ALTER TABLE {name} OWNER TO {OWNER}"
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield f"REVOKE ALL ON {name} FROM PUBLIC, {ROLES}, intake_audit"
    yield f"""DO $$ DECLARE p name; BEGIN
        FOR p IN SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = '{table}'
        LOOP EXECUTE format('DROP POLICY %I ON {name}', p); END LOOP; END $$"""
    for role, rule in sorted(rows.items()):
        privileges = ", ".join(rule.privileges.upper().split())
        yield f"GRANT {privileges} ON {name} TO {db_role(role)}"
        check = "" if privileges == "SELECT" else f" WITH CHECK ({rule.check or rule.using})"
        yield f"CREATE POLICY {role} ON {name} TO {db_role(role)} USING ({rule.using}){check}"


def db_role(role: str) -> str:
    """Return the database's name of a role; the audit writer is a log-in of its own."""
    return "intake_audit" if role == "audit" else f"intake_as_{role}"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

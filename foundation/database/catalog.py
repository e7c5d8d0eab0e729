"""Is the database as we declare it? Read from its own catalog, so that nothing rests on memory."""

from typing import Any

from foundation.database.logins import GRANTOR, KEY_OWNER, LOGINS, OWNER
from foundation.database.rows import all_tables, rows_of

# Tables of the public schema that hold nothing of anyone's: only migrations touch them.
BOOKKEEPING = ("django_migrations",)
OWNERS = {"public": OWNER, "keys": KEY_OWNER}


def problems(cursor: Any) -> list[str]:
    """Return what is not as it must be, in sentences; an empty list is a sound database."""
    return [*_tables(cursor), *_views(cursor), *_functions(cursor), *_logins(cursor), *_grants(cursor)]


def _ask(cursor: Any, sql: str, values: Any = None) -> list[Any]:
    cursor.execute(sql, values)
    rows: list[Any] = cursor.fetchall()
    return rows


def _tables(cursor: Any) -> list[str]:
    rows = _ask(
        cursor,
        "SELECT n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner),"
        " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'keys')",
    )
    faults = []
    declared = all_tables()
    for schema, table, enabled, forced, owner, policies in rows:
        if schema == "public" and table in BOOKKEEPING:
            continue
        name = f"{schema}.{table}"
        if not (enabled and forced):
            faults.append(f"{name}: row security is not forced.")
        if owner != OWNERS[schema]:
            faults.append(f"{name}: owned by {owner}.")
        model = declared.get(table)
        wanted = len(rows_of(model) or {}) if model else None
        if schema == "public" and policies != wanted:
            faults.append(f"{name}: {policies} policies, {wanted} declared.")
        if schema == "keys" and not policies:
            faults.append(f"{name}: no policy.")
    return faults


def _views(cursor: Any) -> list[str]:
    rows = _ask(
        cursor,
        "SELECT n.nspname || '.' || c.relname, c.relkind, coalesce(c.reloptions::text, '')"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('v', 'm') AND n.nspname IN ('public', 'keys', 'sec')"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')",
    )
    faults = [
        f"{name}: a materialized view shows its owner's rows to everyone." for name, k, _o in rows if k == "m"
    ]
    return faults + [
        f"{name}: a view without security_invoker."
        for name, k, options in rows
        if k == "v" and "security_invoker=true" not in options
    ]


def _functions(cursor: Any) -> list[str]:
    rows = _ask(
        cursor,
        "SELECT p.oid::regprocedure::text, p.prosecdef, pg_get_userbyid(p.proowner),"
        " p.proconfig::text LIKE '%%search_path%%' OR p.prosqlbody IS NOT NULL,"
        " EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
        "          WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')"
        " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('sec', 'keys', 'public') AND (n.nspname <> 'public' OR p.prosecdef)",
        [],
    )
    faults = []
    for name, definer, owner, pinned, for_all in rows:
        if not pinned:
            faults.append(f"{name}: its search_path is not pinned.")
        if definer and owner != GRANTOR:
            faults.append(f"{name}: runs as {owner}.")
        if definer and for_all:
            faults.append(f"{name}: everyone may call it.")
    return faults


def _logins(cursor: Any) -> list[str]:
    rows = _ask(
        cursor,
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        " WHERE rolname LIKE 'intake\\_%%'",
        [],
    )
    bypass = {login.user for login in LOGINS.values() if login.bypass} | {GRANTOR}
    owners = {OWNER, KEY_OWNER, GRANTOR}
    faults = []
    for name, can_login, is_super, bypasses, makes_roles in rows:
        if is_super or makes_roles:
            faults.append(f"{name}: has more power than any role of ours needs.")
        if bypasses and name not in bypass:
            faults.append(f"{name}: looks past the row policies.")
        if can_login and name in owners:
            faults.append(f"{name}: owns tables and can log in.")
    return faults


def _grants(cursor: Any) -> list[str]:
    rows = _ask(
        cursor,
        "SELECT grantee, table_schema, table_name, privilege_type"
        " FROM information_schema.role_table_grants"
        " WHERE table_schema IN ('public', 'keys')"
        " AND (privilege_type IN ('TRUNCATE', 'TRIGGER', 'REFERENCES')"
        " OR grantee = 'PUBLIC') AND grantee NOT IN (%s, %s)",
        [OWNER, KEY_OWNER],
    )
    return [f"{schema}.{table}: {grantee} holds {what}." for grantee, schema, table, what in rows]

"""Make the database fit to use: `python -m foundation.database.prepare`.

1. As the administrator named in DATABASE_URL: roles, log-ins and their passwords, who owns the database.
2. As the migrator: tables, then owners, grants and row policies.

Harmless to run again; nothing else ever uses the administrator.
"""

import os
import sys
from urllib.parse import urlsplit

import psycopg

from foundation.database.keyfolder import key_folder, make_keys, needed_key
from foundation.database.logins import LOGINS, OWNER, role_statements

LEAST_POSTGRES = 18  # what every test runs on; 16 would do for the grants, and is not tried
IN_USE = 75  # EX_TEMPFAIL of sysexits.h: the same command may do it later


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["INTAKE_LOGIN"] = "migrator"
    # Here: the log-in must be chosen before the settings are read.
    import django

    # Likewise.
    from django.db import OperationalError

    django.setup()
    try:
        prepare(os.environ["DATABASE_URL"])
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise
        sys.stderr.write(
            "The tables are not brought up to date: somebody uses a table, and its lock did not come within"
            " ten seconds. The step that was begun is undone. Stop what still runs, and do this again.\n"
        )
        sys.exit(IN_USE)


def prepare(url: str) -> None:
    """Make roles and log-ins as the administrator, then migrate as the migrator."""
    # Here: see main().
    from django.core.management import call_command

    make_roles(url)
    # With its checks, so that broken data files stop the start and are named.
    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)


def make_roles(url: str) -> None:
    """Make roles and log-ins; where the server asks for passwords, from the key folder."""
    with psycopg.connect(url, autocommit=True) as connection:
        check_server(connection.info.server_version)
        for statement in role_statements():
            connection.execute(statement)
        name = connection.info.dbname.replace('"', '""')
        connection.execute(f'ALTER DATABASE "{name}" OWNER TO {OWNER}')
        connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        for login in LOGINS.values():
            connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {login.user}')
        if urlsplit(url).password:
            _set_passwords(connection)


def check_server(version: int) -> None:
    """Say in words that a server is too old, before it meets a statement it cannot read."""
    if version < LEAST_POSTGRES * 10_000:
        sys.exit(
            f"This server is PostgreSQL {version // 10_000}; PostgreSQL {LEAST_POSTGRES} or newer is needed."
            " Nothing was changed. docs/how-to/install.md says where it comes from."
        )


def _set_passwords(connection: psycopg.Connection) -> None:
    folder = key_folder()
    if folder and os.access(folder, os.W_OK):
        make_keys(folder, [f"db-{name}" for name in LOGINS])
    for login in LOGINS.values():
        password = needed_key(f"db-{login.name}").decode()
        connection.execute(
            psycopg.sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                psycopg.sql.Identifier(login.user), psycopg.sql.Literal(password)
            )
        )


if __name__ == "__main__":
    main()

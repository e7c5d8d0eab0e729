"""Bring the database up to date and load the demo office: one process, so that a restart is quick.

1. As an administrator of the server: roles, log-ins, and who owns the database.
2. As the migrator: tables, then owners, grants and row policies.
3. As a job of ours: the demo office, once.
"""

import os
import secrets
import sys
from typing import Any
from urllib.parse import urlsplit

import psycopg


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["INTAKE_LOGIN"] = "migrator"
    prepare(os.environ["DATABASE_URL"], demo="--no-demo" not in sys.argv)


def prepare(url: str, *, demo: bool) -> None:
    import django

    django.setup()
    make_roles(url)
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    connection: Any = connections["default"]
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(LOGIN=None, LOGINS=["worker"])
    if not demo:
        return
    from foundation.database.principal import acting_as, each_statement_alone, system
    from foundation.vault.keys import opening_keys

    with acting_as(system("load_demo")), opening_keys(), each_statement_alone():
        call_command("load_demo")


def make_roles(url: str) -> None:
    """Make the roles and log-ins; the administrator named in the URL is used for nothing else."""
    from foundation.database.keyfolder import key_folder, make_keys, read_key
    from foundation.database.logins import LOGINS, OWNER, role_statements

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in role_statements():
            connection.execute(statement)
        name = connection.info.dbname.replace('"', '""')
        connection.execute(f'ALTER DATABASE "{name}" OWNER TO {OWNER}')
        connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        for login in LOGINS.values():
            connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {login.user}')
        if urlsplit(url).password:  # the server asks for passwords: the log-ins need their own
            folder = key_folder()
            if folder:
                make_keys(folder, [f"db-{login}" for login in LOGINS])
            for login in LOGINS.values():
                password = (read_key(f"db-{login.name}") or secrets.token_hex(32).encode()).decode()
                connection.execute(f"ALTER ROLE {login.user} PASSWORD '{password}'")


if __name__ == "__main__":
    main()

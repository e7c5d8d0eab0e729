"""The database that tests are cloned from: migrated, secured, empty.

The application's roles may not empty a table, so each test that touches the database gets a clone of this
one, made by a log-in that can make databases and nothing else.
"""

import os
import subprocess
import sys

import psycopg

NAME, TESTER = "intake_template", "intake_test"


def url_of(name: str) -> str:
    """Return the server's address with another database."""
    return os.environ["DATABASE_URL"].replace("/intake?", f"/{name}?")


def main() -> int:
    """Make the template anew and return the exit code."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            admin.execute(f"ALTER DATABASE {NAME} IS_TEMPLATE false")
        admin.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {NAME}")
        env = {**os.environ, "DATABASE_URL": url_of(NAME)}
        code = subprocess.run(
            [sys.executable, "-m", "foundation.devstack.prepare", "--no-demo"], env=env
        ).returncode
        if code:
            return code
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [TESTER]).fetchone():
            admin.execute(f"CREATE ROLE {TESTER} LOGIN CREATEDB NOSUPERUSER")
        admin.execute(f"GRANT pg_signal_backend TO {TESTER}")  # to drop a clone that is still connected
        admin.execute(f"ALTER DATABASE {NAME} IS_TEMPLATE true")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

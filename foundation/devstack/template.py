"""The database that tests are cloned from: migrated, secured, empty.

The application's roles may not empty a table, so each test that touches the database gets a clone of this
one, made by a log-in that can make databases and nothing else. It is made anew when the code changed.
"""

import hashlib
import os
import subprocess
import sys

import psycopg

from foundation.devstack.services import state_folder
from foundation.house import ROOT

NAME, TESTER = "intake_template", "intake_test"


def url_of(name: str) -> str:
    """Return the server's address with another database."""
    return os.environ["DATABASE_URL"].replace("/intake?", f"/{name}?")


def fingerprint() -> str:
    """Return a hash of everything the tables, triggers, policies and roles are made from."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in ROOT.glob("*/__init__.py") for path in folder.parent.rglob("*.py")):
        if path.relative_to(ROOT).parts[0] != "tests":
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Make the template anew, if it is not there or the code changed, and return the exit code."""
    mark, made_from = state_folder() / "template-made-from", fingerprint()
    with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
        if is_made(admin) and mark.exists() and mark.read_text() == made_from:
            return 0
        mark.unlink(missing_ok=True)
        code = make(admin)
        if not code:
            mark.write_text(made_from)
        return code


def is_made(admin: psycopg.Connection) -> bool:
    """Tell whether the template is there and whole: it becomes one as the last step."""
    row = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [NAME])
    return row.fetchone() is not None


def make(admin: psycopg.Connection) -> int:
    """Make the template and the testers' role, and return the exit code."""
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
        admin.execute(f"ALTER DATABASE {NAME} IS_TEMPLATE false")
    admin.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    admin.execute(f"CREATE DATABASE {NAME}")
    env = {**os.environ, "DATABASE_URL": url_of(NAME)}
    prepare = [sys.executable, "-m", "foundation.devstack.prepare", "--no-demo"]
    if code := subprocess.run(prepare, env=env).returncode:
        return code
    if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [TESTER]).fetchone():
        admin.execute(f"CREATE ROLE {TESTER} LOGIN CREATEDB NOSUPERUSER")
    admin.execute(f"GRANT pg_signal_backend TO {TESTER}")  # to drop a clone that is still connected
    admin.execute(f"ALTER DATABASE {NAME} IS_TEMPLATE true")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

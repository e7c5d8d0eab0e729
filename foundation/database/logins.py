"""The database's log-ins and roles: one log-in for each kind of process, one role for each kind of principal.

`DATABASE_URL` says where the database is. Each log-in's password is a file of the key folder
(`db-<login>`); without one the server must let the operating-system user in by itself, as the embedded
server does inside its private folder.
"""

from dataclasses import dataclass
from typing import Any

from foundation.database.keyfolder import read_key

OWNER, KEY_OWNER, GRANTOR = "intake_owner", "intake_key_owner", "intake_grantor"
OF_STAFF = ["gate", "caseworker", "supervisor", "attorney", "assistant", "administrator", "security"]
AS = ["anonymous", "applicant", *OF_STAFF, "system", "names"]


@dataclass(frozen=True)
class Login:
    """A log-in: the roles it may take, whether row policies hold for it, and its limits."""

    name: str
    roles: tuple[str, ...] = ()
    inherits: bool = False
    bypass: bool = False
    timeout: str = "20s"

    @property
    def user(self) -> str:
        return f"intake_{self.name}"


LOGINS = {
    login.name: login
    for login in (
        Login("public", ("intake_as_anonymous", "intake_as_applicant")),
        Login("staff", tuple(f"intake_as_{role}" for role in OF_STAFF)),
        Login("worker", ("intake_as_system",), timeout="10min"),
        Login("names", ("intake_as_names",), timeout="5min"),
        Login("audit"),
        Login("migrator", (OWNER, KEY_OWNER, GRANTOR), inherits=True, bypass=True, timeout="0"),
        Login("backup", bypass=True, timeout="0"),
        Login("key_backup", bypass=True, timeout="0"),
    )
}


def login_settings(name: str) -> dict[str, Any]:
    """Return user and, where the key folder has one, password of a log-in."""
    login = LOGINS[name]
    password = read_key(f"db-{login.name}")
    return {"user": login.user, **({"password": password.decode()} if password else {})}


def role_statements() -> list[str]:
    """Return the SQL that makes roles and log-ins, or brings them to what this file says.

    Run by an administrator of the server, once for each cluster and again harmlessly.
    """
    plain = [OWNER, KEY_OWNER, *(f"intake_as_{name}" for name in AS)]
    made = [_make(role, "NOLOGIN") for role in plain]
    # The owner of the few functions that look past the row policies, each for one checked purpose.
    made.append(_make(GRANTOR, "NOLOGIN BYPASSRLS"))
    # A supervisor has all that caseworkers have, and what is granted to supervisors beside it (ADR 49).
    made.append("GRANT intake_as_caseworker TO intake_as_supervisor WITH INHERIT TRUE, SET FALSE")
    for login in LOGINS.values():
        bypass = "BYPASSRLS" if login.bypass else "NOBYPASSRLS"
        inherit = "INHERIT" if login.inherits else "NOINHERIT"
        made.append(_make(login.user, f"LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB {inherit} {bypass}"))
        for role in login.roles:
            made.append(f"GRANT {role} TO {login.user} WITH INHERIT {login.inherits}, SET TRUE")
        # UTC at the server, so that no session has to be told; limits, so that no query runs for ever.
        made += [
            f"ALTER ROLE {login.user} SET timezone = 'UTC'",
            f"ALTER ROLE {login.user} SET statement_timeout = '{login.timeout}'",
            f"ALTER ROLE {login.user} SET idle_in_transaction_session_timeout = '60s'",
            f"ALTER ROLE {login.user} SET search_path = public",
        ]
    # A migration that cannot have its lock gives up, rather than stand in front of everybody who works.
    made.append(f"ALTER ROLE {LOGINS['migrator'].user} SET lock_timeout = '10s'")
    return made


def _make(role: str, options: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
        f"THEN CREATE ROLE {role} {options}; ELSE ALTER ROLE {role} {options}; END IF; END $$"
    )

"""PostgreSQL's own pg_dump and pg_restore: the system's where they are new enough, else those `up` brings."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from foundation.database.logins import login_settings

CARRIED = Path("/opt/postgres")  # in the image: docker/Dockerfile


class NoProgram(RuntimeError):
    """No pg_dump of the server's version is here; the message says what to install."""


def program(name: str, *, least: int) -> tuple[str, dict[str, str]]:
    """Return the path of a program of at least this major version, and what its environment needs."""
    for path, env in _candidates(name):
        if _version(path, env) >= least:
            return path, env
    raise NoProgram(f"{name} of PostgreSQL {least} is not here: install postgresql-client-{least}.")


def _candidates(name: str) -> list[tuple[str, dict[str, str]]]:
    found = [(str(CARRIED / "bin" / name), {"LD_LIBRARY_PATH": str(CARRIED / "lib")})]
    if system := shutil.which(name):
        found.append((system, {}))
    with suppress(ImportError, SystemExit):
        # Here: only where the embedded servers are installed.
        from foundation.devstack.services import postgres_home

        home = postgres_home()
        found.append((str(home / "bin" / name), {"LD_LIBRARY_PATH": str(home / "lib")}))
    return [(path, env) for path, env in found if Path(path).exists()]


def _version(path: str, env: Mapping[str, str]) -> int:
    done = subprocess.run([path, "--version"], env={**os.environ, **env}, capture_output=True, text=True)
    number = re.search(r"(\d+)", done.stdout)
    return int(number[1]) if number else 0


def place_of(login: str) -> dict[str, str]:
    """Return, as libpq's environment, where the database is and one of our log-ins: no password on a line."""
    asked = {**_parameters(), **login_settings(login)}
    return libpq(asked)


def libpq(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return connection parameters as the variables libpq reads."""
    names = {"host": "PGHOST", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER"}
    names |= {"password": "PGPASSWORD", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    return {names[name]: str(value) for name, value in asked.items() if name in names and value}


def _parameters() -> dict[str, Any]:
    stated = connections["default"].settings_dict
    options = stated.get("OPTIONS", {})
    asked = {"host": stated["HOST"], "port": stated["PORT"], "dbname": stated["NAME"]}
    return {
        **asked,
        **{name: options[name] for name in ("host", "port", "sslmode", "sslrootcert") if name in options},
    }


def media_root() -> Path:
    return Path(settings.MEDIA_ROOT)

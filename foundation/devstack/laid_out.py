"""The empty database as a file: one run of `verify` goes through the migrations once.

To draw the models anew for each of some 800 operations takes half a minute of a core. `verify` makes the
tests' database by the migrations, as an office does, and names a folder in PREPARED_TABLES; what it made is
kept there, and another server of that run which begins empty, of the same code, is laid out from it.
`migrate` runs over it as over any.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from foundation.database.prepare import make_roles
from foundation.devstack.services import postgres_home
from foundation.devstack.template import fingerprint


@contextmanager
def laid_out(url: str) -> Iterator[None]:
    """Lay an empty database out before it is migrated, and keep the first one; nothing outside `verify`."""
    folder = os.environ.get("PREPARED_TABLES")
    if not (folder and _is_empty(url)):
        yield
        return
    path = Path(folder) / f"{fingerprint()}.dump"
    if path.exists():
        make_roles(url)
        _run("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={url}", str(path))
    yield
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        _run("pg_dump", "--format=custom", "--compress=0", f"--file={path}.new", url)
        Path(f"{path}.new").rename(path)


def _is_empty(url: str) -> bool:
    """Tell whether nothing was ever migrated into this database."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT 1 FROM pg_class WHERE relname = 'django_migrations'").fetchone()
    return row is None


def _run(program: str, *arguments: str) -> None:
    home = postgres_home()
    env = {**os.environ, "LD_LIBRARY_PATH": str(home / "lib")}
    subprocess.run([str(home / "bin" / program), *arguments], env=env, check=True)

"""An upgrade keeps what an older version wrote, waits for no lock for long, and undoes what it began."""

import os
import re
import shutil
import subprocess
import sys

import psycopg
import pytest

from foundation.database.prepare import IN_USE
from foundation.devstack.services import Postgres
from foundation.devstack.template import TESTER, url_of
from foundation.house import ROOT

# Where there is no tag yet: the program as it was before it had an app called operations.
BEFORE_TAGS = "31e6eb16fb018bd04063855e27d9d848ee959744"
OURS = "COMMENT ON TABLE {} IS 'row policies of another version'"
MARK = "SELECT obj_description('{}'::regclass, 'pg_class')"


def prepare(url):
    command = [sys.executable, "-m", "foundation.database.prepare"]
    env = {**os.environ, "DATABASE_URL": url}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)


def test_a_migration_that_cannot_have_its_lock_gives_up_and_leaves_all_as_it_was(db, case):
    """Policies of two tables are to change; somebody reads the later one, in a transaction that goes on."""
    first, later = "accounts_away", "cases_case"
    with psycopg.connect(url_of(db), autocommit=True) as owner, psycopg.connect(url_of(db)) as reader:
        for table in (first, later):
            owner.execute(OURS.format(table))
        reader.execute(f"SELECT 1 FROM {later}")
        gave_up = prepare(url_of(db))
        assert gave_up.returncode == IN_USE, gave_up.stderr
        assert "somebody uses a table" in gave_up.stderr and "Traceback" not in gave_up.stderr
        assert "another version" in owner.execute(MARK.format(first)).fetchone()[0]
        reader.rollback()
        done = prepare(url_of(db))
        assert done.returncode == 0, done.stderr
        owner.execute(f"ALTER DATABASE {db} OWNER TO {TESTER}")  # who drops it
        for table in (first, later):
            assert re.fullmatch(r"row policies [0-9a-f]{16}", owner.execute(MARK.format(table)).fetchone()[0])


# --- from an older version ------------------------------------------------------------------------


def git(*words):
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)


def older_version():
    """Return the last tag before this revision, or the revision above; None where the clone has neither."""
    tag = git("describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD^").stdout.strip()
    for one in filter(None, (tag, BEFORE_TAGS)):
        if git("cat-file", "-e", f"{one}^{{commit}}").returncode == 0:
            return one
    return None


@pytest.fixture
def older(tmp_path):
    """The files of an older version, a server of its own, and how its commands are run there."""
    if not os.environ.get("VERIFY_FULL"):
        pytest.skip("minutes: verify --full makes an office with an older version and upgrades it")
    if not shutil.which("git") or not (version := older_version()):
        pytest.skip("this copy has neither a tag nor the history: fetch it with git fetch --unshallow --tags")
    folder = tmp_path / "older"
    folder.mkdir()
    packed = subprocess.run(["git", "archive", version], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed, check=True)
    server = Postgres("upgrade", throwaway=True, in_memory=True, keep=False)
    server.start()
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("INTAKE_", "PYTEST"))},
        "DATABASE_URL": server.url,
        "INTAKE_ENV": "development",
        "INTAKE_NO_BOOTSTRAP": "1",
        "INTAKE_STATE": str(tmp_path / "state"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    def run(where, *command, login="worker"):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=where,
            env={**env, "INTAKE_LOGIN": login},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}: {done.stderr[-3000:]}"
        return done.stdout

    yield folder, run, server.url
    server.stop()


COUNTS = "SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM events_event)"


def test_an_office_made_by_an_older_version_is_carried_over_whole(older):
    folder, run, url = older
    run(folder, "-m", "foundation.devstack.prepare")  # its tables, and its demo office in them
    with psycopg.connect(url) as owner:
        cases, events = owner.execute(COUNTS).fetchone()
    assert cases > 1 and events > 50
    run(ROOT, "-m", "foundation.database.prepare")
    with psycopg.connect(url) as owner:
        assert owner.execute(COUNTS).fetchone()[0] == cases
        assert owner.execute(COUNTS).fetchone()[1] >= events
    assert "; 0 are left" in run(ROOT, "manage.py", "move_answers")
    # A value of each kind opens, somebody signs in, the record is signed and verified.
    assert '"ledger_rows"' in run(ROOT, "manage.py", "restore_drill", "--look", login="tests")

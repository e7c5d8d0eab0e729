"""The same through PgBouncer in transaction mode: one server connection serves many people in turn."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import ConnectionHandler, connection

from config.middleware import principal_of
from foundation.database.logins import LOGINS
from foundation.database.principal import applicant
from foundation.devstack.services import as_ordinary_user
from foundation.devstack.verify import PGBOUNCER
from tests.abuse.test_pitfalls import ask_many

CONFIG = """
[databases]
{db} = host={host} port=5432 dbname={db}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 2
ignore_startup_parameters = extra_float_digits
logfile = {folder}/log
"""


@pytest.fixture
def bouncer(db, tmp_path_factory):
    """A PgBouncer in front of the test's database, in a folder whose path is short enough for a socket."""
    if not PGBOUNCER.exists():
        pytest.skip("pgbouncer is not installed: apt-get install pgbouncer")
    folder = tmp_path_factory.mktemp("pgb", numbered=True)
    folder.chmod(0o777)
    host = connection.settings_dict["HOST"] or connection.settings_dict["OPTIONS"]["host"]
    (folder / "ini").write_text(CONFIG.format(db=db, host=host, folder=folder))
    (folder / "users").write_text("".join(f'"{login.user}" ""\n' for login in LOGINS.values()))
    command = [*as_ordinary_user(), str(PGBOUNCER), str(folder / "ini")]
    process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        wait_for(folder, db, process)
        yield folder
    finally:
        process.terminate()
        process.wait()


def wait_for(folder, db, process):
    for _n in range(100):
        try:
            with psycopg.connect(host=str(folder), port=6432, dbname=db, user="intake_staff"):
                return
        except psycopg.OperationalError:
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.05)
    raise AssertionError("PgBouncer did not start")


def test_nobody_sees_what_the_person_before_saw(bouncer, db, case, make_case, cast):
    other = make_case()
    expected = [
        (principal_of(cast.cora), 2),
        (principal_of(cast.otto), 0),
        (principal_of(cast.bea), 0),
        (applicant(other.matter_id), 1),
    ]
    database = {**connection.settings_dict, "HOST": str(bouncer), "PORT": "6432", "NAME": db, "OPTIONS": {}}
    assert ask_many(ConnectionHandler({"default": database}), expected) == []


def test_through_it_nothing_bound_still_shows_nothing(bouncer, db, case):
    def ask(_n):
        with psycopg.connect(
            host=str(bouncer), port=6432, dbname=db, user="intake_staff", prepare_threshold=None
        ) as session:
            session.execute("set local role intake_as_caseworker")
            return session.execute("select count(*) from cases_case").fetchone()[0]

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(20))) == {0}

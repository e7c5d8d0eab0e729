"""The whole application, running for real beside the tests: its own database, worker and beat."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
from django.utils import timezone

from foundation.database.prepare import make_roles
from foundation.devstack import template
from foundation.devstack.app import AppProcesses, free_port
from foundation.devstack.services import state_folder
from foundation.devstack.template import url_of

ROOT = Path(__file__).resolve().parents[1]
DEMO = "demo_template"
# Each process of tests has Valkey databases and ports of its own, for three stacks at a time.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
FREE_PLACES = [0, 1, 2]
COMPLAINTS = ("WARNING", "ERROR", "CRITICAL", "Error: ")


def admin(statement):
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        return connection.execute(statement).rowcount


def wait_until(question, seconds=60):
    """Ask until the answer is true; the worker works beside us."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = question()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


class Stack:
    """A running application. `ask` runs SQL; `app` starts, kills and stops its processes."""

    def __init__(self, app, url, folder):
        self.app, self.database, self.folder = app, url, folder
        self.url = app.url
        self.sessions = {}  # of staff, by who signed in: the cookie (journeys/conftest.py)

    def ask(self, sql, *values):
        with psycopg.connect(self.database) as connection:
            return connection.execute(sql, values).fetchall()

    def settle(self, seconds=60):
        """Wait until the worker is through with what the demo office owes it from being made."""
        owed = "select 1 from events_delivery where done_at is null and stuck_at is null limit 1"
        wait_until(lambda: not self.ask(owed), seconds)

    def run(self, code):
        """Run Python as one of the stack's own processes would, as the workers' log-in."""
        env = {**self.app.env, "INTAKE_LOGIN": "worker"}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def complaints(self):
        """Return what its processes warned of, a line each, as it stands in their logs."""
        said = [
            f"{log.name}: {line}"
            for log in sorted((self.folder / "logs").iterdir())
            for line in log.read_text(errors="replace").splitlines()
            if any(word in line for word in COMPLAINTS)
        ]
        return "\n".join(said[-40:])

    def mails(self):
        """Return every mail written so far, as text."""
        return [path.read_text() for path in sorted((self.folder / "mail").glob("*"))]


@contextmanager
def running_stack(name, folder, *, only=(), **settings):
    """Clone the demo office, run web, worker, names and beat on it, or `only` some, and end them."""
    name = f"{name}_{WORKER}"
    admin(f"drop database if exists {name} with (force)")
    clone_demo(name, folder)
    # Three stacks and their browsers share two cores: what is slow there is not away.
    settings.setdefault("DATABASE_WAIT_SECONDS", "10")
    try:
        with processes(name, folder, *only, **settings) as app:
            app.wait_ready()
            yield Stack(app, url_of(name), folder)
    finally:
        admin(f"drop database if exists {name} with (force)")


@contextmanager
def processes(name, folder, *only, **settings):
    """Run the processes, or `only` some, on this database, with Valkey databases of their own."""
    with place_of_its_own() as place:
        queue_db, cache_db = (2 + 6 * WORKER + 2 * place + n for n in (0, 1))
        queue_url, cache_url = os.environ["CELERY_BROKER_URL"], os.environ["CACHE_URL"]
        env = {
            **environment(name, folder),
            "CELERY_BROKER_URL": queue_url.replace("virtual_host=0", f"virtual_host={queue_db}"),
            "CACHE_URL": cache_url.replace("db=1", f"db={cache_db}"),
            **settings,
        }
        for number in (queue_db, cache_db):  # what an earlier stack left is nobody's
            redis.Redis.from_url(cache_url.replace("db=1", f"db={number}")).flushdb()
        app = AppProcesses(env, port=free_port(8300 + 100 * WORKER + 10 * place), logs=folder / "logs")
        try:
            app.start(*only)
            yield app
        finally:
            app.stop()


@contextmanager
def place_of_its_own():
    """Take a place that no stack of this process is on: one stack's worker would answer another's nudges."""
    place = FREE_PLACES.pop(0)
    try:
        yield place
    finally:
        FREE_PLACES.append(place)


def environment(name, folder):
    """Return the environment of an application with this database and this folder for what it keeps."""
    return {
        **os.environ,
        "INTAKE_ENV": "development",
        "DATABASE_URL": url_of(name),
        "INTAKE_STATE": str(folder),
    }


def clone_demo(name, folder):
    """Make a database and a folder as `prepare` leaves them: the demo office is loaded once for all."""
    with demo_office() as kept:
        admin(f"create database {name} template {DEMO} strategy file_copy")
    make_roles(url_of(name))  # who may connect is not cloned
    shutil.copytree(kept, folder, dirs_exist_ok=True)


@contextmanager
def demo_office():
    """Load the demo office if it is not there as it is today, and hold it still; its folder."""
    kept = state_folder() / DEMO
    with (state_folder() / f"{DEMO}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made_from = f"{timezone.localdate()} {template.fingerprint()}"  # the demo's days count from today
        mark = kept / "made-from"
        if not (mark.exists() and mark.read_text() == made_from and database_is_there(DEMO)):
            load_demo(kept)
            mark.write_text(made_from)
        yield kept


def database_is_there(name):
    return admin(f"select 1 from pg_database where datname = '{name}'") == 1


def load_demo(kept):
    """Load the demo office into a clone of the empty database, as a first start would.

    Its worker does what it owes once, here: a stack that starts from it has a worker free for its test.
    """
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    admin(f"drop database if exists {DEMO} with (force)")
    admin(f"create database {DEMO} template {template.NAME}")
    prepare = [sys.executable, "-m", "foundation.devstack.prepare"]
    done = subprocess.run(prepare, cwd=ROOT, env=environment(DEMO, kept), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with processes(DEMO, kept, "worker", "names", "beat") as app:
        Stack(app, url_of(DEMO), kept).settle(400)
    for left in kept.glob("beat-schedule*"):
        left.unlink()  # a stack's schedule begins with the stack


if __name__ == "__main__":  # `verify` has it done beside the static checks, which leave a core idle
    with demo_office():
        pass

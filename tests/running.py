"""The whole application, running for real beside the tests: its own database, worker and beat."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg

from foundation.devstack.app import AppProcesses, free_port

ROOT = Path(__file__).resolve().parents[1]


def database_url(name):
    """Return the test server's URL with another database name."""
    return os.environ["DATABASE_URL"].replace("/intake?", f"/{name}?")


def admin(statement):
    with psycopg.connect(database_url("postgres"), autocommit=True) as connection:
        connection.execute(statement)


class Stack:
    """A running application. `ask` runs SQL; `app` starts, kills and stops its processes."""

    def __init__(self, app, url, folder):
        self.app, self.database, self.folder = app, url, folder
        self.url = app.url

    def ask(self, sql, *values):
        with psycopg.connect(self.database) as connection:
            return connection.execute(sql, values).fetchall()

    def run(self, code):
        """Run Python as one of the stack's own processes would, as the workers' log-in."""
        env = {**self.app.env, "INTAKE_LOGIN": "worker"}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def mails(self):
        """Return every mail written so far, as text."""
        return [path.read_text() for path in sorted((self.folder / "mail").glob("*"))]


@contextmanager
def running_stack(name, folder, cache_db, **settings):
    """Make a database, load the demo office, run web, worker, names and beat, and end them."""
    admin(f"drop database if exists {name} with (force)")
    admin(f"create database {name}")
    broker = os.environ["CELERY_BROKER_URL"].replace("virtual_host=0", f"virtual_host={cache_db}")
    env = {
        **os.environ,
        "INTAKE_ENV": "development",
        "DATABASE_URL": database_url(name),
        "CELERY_BROKER_URL": broker,
        "CACHE_URL": os.environ["CACHE_URL"].replace("db=1", f"db={cache_db + 1}"),
        "INTAKE_STATE": str(folder),
        **settings,
    }
    prepare = [sys.executable, "-m", "foundation.devstack.prepare"]
    done = subprocess.run(prepare, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    app = AppProcesses(env, port=free_port(8300), logs=folder / "logs")
    try:
        app.start()
        app.wait_ready()
        yield Stack(app, database_url(name), folder)
    finally:
        app.stop()
        admin(f"drop database if exists {name} with (force)")

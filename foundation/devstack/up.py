"""`manage.py up`: everything, in one terminal."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO

from foundation.devstack.app import AppProcesses, app_environment, free_port
from foundation.devstack.messages import compile_messages
from foundation.devstack.services import Postgres, Valkey, services, state_folder
from foundation.devstack.watching import Part, parts_of
from foundation.house import ROOT


class Progress:
    """Lines with the seconds since the start."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, text: str) -> None:
        print(f"[{time.monotonic() - self.began:5.1f} s] {text}", flush=True)


def up(arguments: Sequence[str]) -> int:
    """Start everything, say where it is, and run until Ctrl-C."""
    if arguments:
        print("usage: python3 manage.py up   (PORT=8000 in the environment picks the port)", file=sys.stderr)
        return 2
    say, stop = Progress(), threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with (state_folder() / "up.lock").open("a+") as lock:
        if not only_one(lock):
            return 1
        say("starting PostgreSQL and Valkey")
        with services(wait_for_others=False) as servers:
            return run(say, stop, lock, servers)


def only_one(lock: IO[str]) -> bool:
    """Take the checkout's `up` lock, or say where the one that has it runs."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        print(f"It is already running: {lock.read().strip() or 'starting now'}", file=sys.stderr)
        return False
    lock.truncate(0)
    return True


def running_address() -> str:
    """Return where this checkout's `up` serves now, or "" if it does not."""
    path = state_folder() / "up.lock"
    if not path.exists():
        return ""
    with path.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return lock.read().strip()
    return ""


def run(say: Progress, stop: threading.Event, lock: IO[str], servers: Sequence[Postgres | Valkey]) -> int:
    """Prepare the database, run the four processes, and end them."""
    compile_messages()
    environment = app_environment()
    if code := unfit(environment):
        return code
    say("preparing the database and the demo office")
    log_ins = prepare(environment)
    if log_ins is None or stop.is_set():
        return 0 if stop.is_set() else 1
    wanted = int(os.environ.get("PORT", "8000"))
    port = free_port(wanted)
    if port != wanted:
        say(f"port {wanted} is taken, using {port}")
    say("starting web, worker, names and beat")
    app = AppProcesses(environment, port=port, tell=tell)
    try:
        app.start()
        app.wait_ready()
        lock.write(app.url)
        lock.flush()
        say("ready")
        print(welcome(app, log_ins), flush=True)
        watch(say, parts_of({one.kind: one for one in servers}, app.running, app.start), stop)
        return 0
    finally:
        app.stop()
        say("stopped")


def unfit(environment: dict[str, str]) -> int:
    """Return 0, or in production the code of what `check --deploy` said is not fit for real people."""
    if environment["INTAKE_ENV"] != "production":
        return 0
    return subprocess.run([sys.executable, "-m", "config.fit"], cwd=ROOT, env=environment).returncode


def prepare(environment: dict[str, str]) -> str | None:
    """Migrate and load the demo office; return its log-ins, or None after saying what failed."""
    command = [sys.executable, "-m", "foundation.devstack.prepare"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        print(f"Preparing the database failed:\n{done.stderr.strip()[-3000:]}", file=sys.stderr)
        return None
    return done.stdout.strip()


def tell(name: str, line: str) -> None:
    print(f"{name:>7} | {line}", flush=True)


def welcome(app: AppProcesses, log_ins: str) -> str:
    folder = state_folder()
    return f"""
  Open      {app.url}/
  Staff     {app.url}/sign-in/
  Mail      {folder / "mail"}
  Logs      {app.logs}

{log_ins}

  Ctrl-C stops everything.
"""


def watch(say: Progress, parts: Sequence[Part], stop: threading.Event) -> None:
    """Look after every part until Ctrl-C."""
    while not stop.wait(0.3):
        for part in parts:
            part.look(say, now=time.monotonic())

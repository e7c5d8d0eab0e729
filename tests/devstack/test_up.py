"""`manage.py up` for real, in a state folder of its own."""

import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COUNT = "from intake.models import Intake; print(Intake.objects.count())"
SERVERS = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "CACHE_URL")


def environment(folder, **extra):
    clean = {key: value for key, value in os.environ.items() if key not in (*SERVERS, "INTAKE_ENV")}
    return {**clean, "INTAKE_STATE": str(folder), **extra}


def manage(folder, *arguments, **extra):
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(folder, **extra), capture_output=True, text=True, timeout=120
    )


def processes_of(folder):
    """Return the command lines of every process that belongs to this state folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if str(folder).encode() in words:
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def mark_of(folder):
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:10]


class Up:
    """A running `up`, with what it printed."""

    def __init__(self, folder, **extra):
        self.folder, self.log = folder, folder.parent / f"up-{time.monotonic_ns()}.log"
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=environment(folder, **extra),
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait_ready(self):
        deadline = time.monotonic() + 300  # beside another test on two cores
        while "Ctrl-C stops everything" not in self.log.read_text():
            assert self.process.poll() is None and time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)
        return re.search(r"http://localhost:(\d+)/", self.log.read_text())[1]

    def gone(self, seconds=25):
        deadline = time.monotonic() + seconds
        while processes_of(self.folder) and time.monotonic() < deadline:
            time.sleep(0.1)
        return processes_of(self.folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("state") / "local"


@pytest.fixture
def up(folder):
    started = []

    def start(**extra):
        started.append(Up(folder, **extra))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.send_signal(signal.SIGINT)
            one.process.wait(40)


def test_it_runs_on_a_free_port_refuses_a_second_one_and_stops_clean(up, folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        first = up(PORT=str(wanted))
        port = first.wait_ready()
        assert int(port) != wanted
        printed = first.log.read_text()
        assert f"port {wanted} is taken" in printed
        for log_in in ("cora@demo.example", "ade@demo.example", "ines@demo.example"):
            assert log_in in printed
        second = manage(folder, "up")
        assert second.returncode == 1
        assert f"http://localhost:{port}" in second.stderr
        shared = manage(folder, "shell", "-v0", "-c", COUNT)
        assert shared.returncode == 0, shared.stderr
        assert int(shared.stdout.split()[-1]) == 14
        first.process.send_signal(signal.SIGINT)
        assert first.process.wait(40) == 0
        assert first.gone() == []


def test_kill_9_leaves_nothing_running_and_the_next_start_works(up):
    killed = up()
    killed.wait_ready()
    assert len(processes_of(killed.folder)) > 8
    killed.process.kill()
    killed.process.wait()
    assert killed.gone() == []
    again = up()
    again.wait_ready()


def running(one, word):
    """Return the process of this `up` whose command has a word in it, without its guard."""
    marks = [str(one.folder).encode(), mark_of(one.folder).encode()]  # the second in the names of sockets
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            line = (entry / "cmdline").read_bytes()
            ours = any(mark in line + (entry / "environ").read_bytes() for mark in marks)
        except OSError:
            continue
        if ours and word in line and b"guard.py" not in line:
            return int(entry.name)
    return None


def wait_for(question, seconds=60):
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return answer


PARTS = {
    "beat": b"beat-schedule",
    "web": b"foundation.front.serve",
    "valkey": b"valkey",
    "postgres": b"bin/postgres",
}


def test_a_part_that_dies_is_named_and_started_again_by_itself(up):
    one = up()
    port = one.wait_ready()
    for name, word in PARTS.items():
        pid = running(one, word)
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda name=name: f"{name} runs again" in one.log.read_text())
        assert f"{name} ended with" in one.log.read_text()
        assert running(one, word) != pid
    wait_for(lambda: answers(f"http://localhost:{port}/health/ready"))
    assert answers(f"http://localhost:{port}/")


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  our own address
            return answer.status == 200
    except OSError:
        return False


def test_after_a_reboot_old_marks_stop_nothing_and_nobody_else_is_stopped(up, folder):
    """A reboot takes every process and the sockets; files with their numbers stay, and others bear those."""
    with subprocess.Popen(["sleep", "300"]) as innocent:
        try:
            (folder / "postgres-dev" / "postmaster.pid").write_text(
                f"{innocent.pid}\n{folder / 'postgres-dev'}\n1\n5432\n/nowhere\n*\n  1  1\nready\n"
            )
            (folder / "up.lock").write_text("http://localhost:1")
            (folder / "beat-schedule").write_bytes(b"not a schedule")
            one = up()
            port = one.wait_ready()
            assert answers(f"http://localhost:{port}/")
            assert innocent.poll() is None
        finally:
            innocent.kill()


def test_any_other_command_starts_the_servers_for_its_own_duration(folder):
    done = manage(folder, "shell", "-v0", "-c", COUNT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "14"
    assert processes_of(folder) == []
    assert list(Path(tempfile.gettempdir()).glob(f"intake-*-{mark_of(folder)}")) == []  # its sockets' folder


def test_servers_named_in_the_environment_are_used_and_none_started(tmp_path):
    named = {key: os.environ[key] for key in SERVERS if key in os.environ}
    done = manage(tmp_path / "local", "showmigrations", "accounts", **named)
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "local").glob("postgres*"))
    assert not (tmp_path / "local" / "logs").exists()


def test_help_starts_nothing(tmp_path):
    assert manage(tmp_path / "local", "help").returncode == 0
    assert not list((tmp_path / "local").glob("*"))


def test_up_with_arguments_says_how_it_is_used(tmp_path):
    done = manage(tmp_path / "local", "up", "--port", "9")
    assert done.returncode == 2
    assert "usage" in done.stderr

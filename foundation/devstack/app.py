"""The four processes of the application: web, worker, names, beat."""

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from foundation.devstack.assets import compress_static
from foundation.devstack.process import Process
from foundation.devstack.services import CannotStart, state_folder

# As root Celery warns about itself at length; up runs as root only on throwaway machines.
QUIET = "ignore:You're running the worker with superuser"


def free_port(wanted: int) -> int:
    """Return the port wanted, or the next free one above it."""
    for port in range(wanted, wanted + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CannotStart(f"No free port between {wanted} and {wanted + 199}.")


class AppProcesses:
    """Web, worker, names and beat against the servers named in `env`.

    `start()` starts those asked for; `kill_worker()` kills the worker as a crash would and
    `start_worker()` brings it back, or the process named; `wait_ready()` returns when the web
    process answers.
    """

    def __init__(
        self,
        env: Mapping[str, str],
        *,
        port: int,
        logs: Path | None = None,
        tell: Callable[[str, str], None] | None = None,
    ) -> None:
        site = {"SITE_URL": f"http://localhost:{port}", "PYTHONUNBUFFERED": "1"}
        self.env = {**env, "DJANGO_SETTINGS_MODULE": "config.settings", **site}
        self.port, self.tell = port, tell
        self.logs = logs or state_folder() / "logs"
        self.running: dict[str, Process] = {}

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self, *names: str) -> None:
        """Start these processes, or all four."""
        compress_static()
        for name in names or ("web", "worker", "names", "beat"):
            log = self.logs / f"{name}.log"
            command = [sys.executable, "-W", QUIET, "-m", *self._command(name)]
            env = {**self.env, "INTAKE_LOGIN": {"web": "web", "names": "names"}.get(name, "worker")}
            self.running[name] = Process(name, command, env=env, log=log, tell=self.tell)

    def _command(self, name: str) -> list[str]:
        celery = ["celery", "-A", "config", "--quiet"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        schedule = str(self.logs.parent / "beat-schedule")
        return {
            "web": ["foundation.front.serve", "--bind", f"127.0.0.1:{self.port}"],
            "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "warning"],
            # Alone in its process: the index is read and changed by one look-up at a time.
            "names": [
                *celery,
                "worker",
                "--queues",
                "names",
                "--pool",
                "solo",
                *quiet,
                "--loglevel",
                "warning",
            ],
            "beat": [*celery, "beat", "--loglevel", "warning", "--schedule", schedule, "--pidfile="],
        }[name]

    def wait_ready(self, seconds: float = 60) -> None:
        """Return when the web process can serve; say why if it never does."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                address = f"http://127.0.0.1:{self.port}/health/ready"
                with urllib.request.urlopen(address, timeout=5):  # nosec B310  our own address
                    return
            except (urllib.error.URLError, OSError):
                web = self.running["web"]
                if web.ended is not None or time.monotonic() > deadline:
                    raise CannotStart(f"The web process did not start:\n{web.tail()}") from None
                time.sleep(0.1)

    def kill_worker(self, name: str = "worker") -> None:
        self.running.pop(name).kill()

    def start_worker(self, name: str = "worker") -> None:
        self.start(name)

    def stop(self) -> None:
        """End all of them and wait until they are gone."""
        for process in self.running.values():
            process.begin_stop()
        for process in self.running.values():
            process.stop()
        self.running.clear()


def app_environment() -> dict[str, str]:
    """Return this process's environment with what the application needs."""
    return {"INTAKE_ENV": "development", **os.environ, "INTAKE_STATE": str(state_folder())}

"""What the drill breaks, one after the other, by chance: and how long until all serves again."""

import contextlib
import random
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import redis

from demo.drill.twins import MailServer
from foundation.devstack.app import AppProcesses
from foundation.devstack.process import Process
from foundation.devstack.services import Postgres, Valkey

OURS = ("web", "worker", "names", "beat")
LIBFAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
PROMISED = 10.0  # seconds after which a service that came back is in use again
PATIENCE = 120.0


@dataclass
class Fault:
    """One thing that was broken: when, the seconds until all processes ran, and until all served again."""

    what: str
    at: float
    up: float = -1.0
    seconds: float = -1.0

    @property
    def in_use(self) -> float:
        """Seconds from when everything ran to when everything served: what the site itself needs."""
        return max(0.0, self.seconds - self.up)


@dataclass
class Breaker:
    """Breaks one thing after the other. `clock` is the file that our own processes read the time from."""

    app: AppProcesses
    servers: Mapping[str, Postgres | Valkey]
    clock: Path
    chance: random.Random
    mail: MailServer
    faults: list[Fault] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def kinds(self) -> dict[str, Callable[[], None]]:
        """Return every fault by its name, the clock only where it can be moved."""
        kills = {
            f"{name} killed": self._killer(name) for name in ("web", "worker", "names", "beat", *self.servers)
        }
        workers = {"one web worker killed": self.kill_web_worker}
        moved = {"clock an hour ahead, then back": self.jump} if LIBFAKETIME else {}
        return {**kills, **workers, "broker flushed": self.flush, **moved}

    def process(self, name: str) -> Process | None:
        return self.servers[name].process if name in self.servers else self.app.running.get(name)

    def _killer(self, name: str) -> Callable[[], None]:
        def kill() -> None:
            process = self.process(name)
            if process and process.ended is None:
                process.kill()

        return kill

    def kill_web_worker(self) -> None:
        """Kill one of the processes that the web process looks after."""
        web = self.process("web")
        children = (
            Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split() if web and web.pid else []
        )
        if children:
            subprocess.run(["kill", "-9", children[-1]], check=False)

    def flush(self) -> None:
        url = self.app.env["CELERY_BROKER_URL"]
        socket, _, query = url.split("://", 1)[1].partition("?")
        redis.Redis(unix_socket_path=socket, db=int(query.split("=")[1])).flushall()

    def jump(self) -> None:
        """Set the clock of our own processes an hour ahead for a while, and back."""
        self.clock.write_text("+3600")
        time.sleep(6)
        self.clock.write_text("+0")

    def break_one(self, name: str) -> Fault:
        """Break one thing, wait until all serves again, and note how long that took."""
        fault = Fault(name, time.monotonic() - self.began)
        self.faults.append(fault)
        with contextlib.suppress(OSError, redis.RedisError):  # it was away already
            self.kinds()[name]()
        broken = time.monotonic()
        while time.monotonic() - broken < PATIENCE:
            time.sleep(0.2)
            if fault.up < 0 and self.all_run():
                fault.up = time.monotonic() - broken
            if fault.up >= 0 and self.all_serve():
                fault.seconds = time.monotonic() - broken
                break
        return fault

    def all_run(self) -> bool:
        """Tell whether every process runs, and PostgreSQL and Valkey listen."""
        running = [self.process(name) for name in (*OURS, *self.servers)]
        ended = any(process is None or process.ended is not None for process in running)
        return not ended and all(server.answers() for server in self.servers.values())

    def all_serve(self) -> bool:
        """Tell whether the site answers, and reaches its servers."""
        try:
            address = f"{self.app.url}/health/ready"
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  # nosec B310  our own
                return b'"broker": "ok"' in answer.read()
        except (OSError, urllib.error.URLError):
            return False

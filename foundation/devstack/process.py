"""A server process behind its guard."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

GUARD = Path(__file__).with_name("guard.py")


class Process:
    """One server. Its output goes to `log`, and line by line to `tell` if given."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        log: Path,
        stop_signal: str = "SIGTERM",
        tell: Callable[[str, str], None] | None = None,
    ) -> None:
        self.name, self.log, self.tell = name, log, tell
        log.parent.mkdir(parents=True, exist_ok=True)
        self.guard = subprocess.Popen(
            [sys.executable, "-I", "-S", str(GUARD), stop_signal, *command],
            env=dict(env),
            cwd=Path(__file__).resolve().parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if tell else log.open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        if tell and self.guard.stdout:
            threading.Thread(target=self._pump, args=(self.guard.stdout,), daemon=True).start()

    def _pump(self, stream: IO[bytes]) -> None:
        with self.log.open("ab") as log:
            for line in stream:
                log.write(line)
                log.flush()
                if self.tell:
                    self.tell(self.name, line.decode(errors="replace").rstrip())

    @property
    def ended(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.guard.poll()

    @property
    def pid(self) -> int | None:
        """The server's own process id, or None when it has ended."""
        children = Path(f"/proc/{self.guard.pid}/task/{self.guard.pid}/children")
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int(children.read_text().split()[0])
        return None

    def begin_stop(self) -> None:
        """Ask the guard to end the server."""
        if self.guard.stdin and not self.guard.stdin.closed:
            with contextlib.suppress(OSError):
                self.guard.stdin.close()

    def stop(self) -> None:
        """End the server and wait until it is gone."""
        self.begin_stop()
        self.guard.wait()

    def kill(self) -> None:
        """Kill the server and its children at once, as a crash would."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self.guard.wait()

    def tail(self, characters: int = 2000) -> str:
        """Return the end of its log, for a message that says why it did not start."""
        return self.log.read_text(errors="replace")[-characters:] if self.log.exists() else ""

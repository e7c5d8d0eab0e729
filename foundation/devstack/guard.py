"""Run one server and end it when the launcher goes away, however it goes.

    python -I -S guard.py SIGNAL COMMAND...

Standard input is a pipe whose other end only the launcher holds: when the launcher closes it, or is
killed with -9, it reads end-of-file, sends SIGNAL to the server's whole process group, waits, and
kills what is left. PR_SET_PDEATHSIG alone is not enough: entering a user namespace clears it.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time

PATIENCE = 12.0  # seconds between asking a server to stop and killing it


def main() -> int:
    stop_signal = signal.Signals[sys.argv[1]]
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    child = subprocess.Popen(
        sys.argv[2:], stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=usual_signals
    )
    signal.signal(signal.SIGTERM, lambda *_: os.close(0))
    if launcher_went_first(child):
        end(child, stop_signal)
    code = child.wait()
    sweep(child.pid)
    return code if code >= 0 else 128 - code


def usual_signals() -> None:
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_DFL)


def launcher_went_first(child: "subprocess.Popen[bytes]") -> bool:
    """Wait for the child to end or for the launcher's end of the pipe to close."""
    waiter = select.poll()
    waiter.register(0, select.POLLIN | select.POLLHUP)
    waiter.register(os.pidfd_open(child.pid), select.POLLIN)
    try:
        ready = waiter.poll()
    except OSError:
        return True
    return any(fd == 0 for fd, _event in ready)


def end(child: "subprocess.Popen[bytes]", stop_signal: int) -> None:
    os.kill(child.pid, stop_signal)
    deadline = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    if child.poll() is None:
        sweep(child.pid)


def sweep(group: int) -> None:
    """Kill whatever of the server's process group is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    raise SystemExit(main())

"""Tries to break out, and says what was possible: for the deployment check and the tests."""

import json
import os
import socket
import subprocess
from collections.abc import Callable
from typing import Any

from foundation.files.rebuilder import main


def warm() -> None:
    """Nothing is needed."""


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return what could be done, as JSON."""
    path = content.decode()
    tries: dict[str, Callable[[], Any]] = {
        "make a socket": lambda: socket.socket(),
        "read a file": lambda: os.open(path if path != "?" else "/proc/self/status", os.O_RDONLY),
        "list a folder": lambda: os.listdir("/"),  # noqa: PTH208
        "write a file": lambda: os.open("/tmp", os.O_TMPFILE | os.O_WRONLY),  # noqa: S108
        "start a program": lambda: subprocess.run(["/bin/true"], check=True),
        "make a process": fork,
        "signal a process": lambda: os.kill(os.getppid(), 0),
    }
    outcome = {what: possible(attempt) for what, attempt in tries.items()}
    return json.dumps({**outcome, "see the network": not main.own_network[0]}).encode(), []


def fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def possible(attempt: Callable[[], Any]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True

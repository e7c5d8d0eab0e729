"""Become a program that is not ours, behind a wider lock: it may find and read files, and nothing else.

python -I -S -c … folder parent command…: standard input is what it works on, standard output its answer.
It can make no socket, write no file, start no second process and look at none, and its time and memory end.
"""

import os
import sys

from foundation.files.rebuilder import seccomp
from foundation.files.rebuilder.main import NO_SANDBOX, answers, keep_apart, leave, limit, lock

ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def main() -> None:
    """Lock this process in and become the program."""
    try:
        keep_apart()
        os.dup2(answers["file"], 1)  # its output is its answer
        limit()
        lock(seccomp.PROGRAM_CALLS)
        os.execve(sys.argv[3], sys.argv[3:], ENVIRONMENT)  # noqa: S606
    except BaseException as error:  # noqa: BLE001  without its lock it is not started
        leave(NO_SANDBOX, type(error).__name__)

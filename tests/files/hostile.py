"""What might run inside the sandbox if a library were bent by a file."""

import os
import time


def warm():
    pass


def rebuild(content):
    return {
        b"memory": memory,
        b"spin": spin,
        b"sleep": sleep,
        b"flood": flood,
        b"environment": environment,
        b"crash": crash,
    }[content](), []


def memory():
    return len([b"x" * 100_000_000 for _n in range(40)])


def spin():
    while True:
        pass


def sleep():
    while True:
        time.sleep(1)


def flood():
    return b"x" * (60 * 1024 * 1024)


def environment():
    return repr(sorted(os.environ)).encode()


def crash():
    import ctypes

    ctypes.string_at(0)

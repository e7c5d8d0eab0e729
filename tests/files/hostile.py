"""What might run inside the sandbox if a library were bent by a file."""

import os
import time


def warm():
    pass


def rebuild(content):
    if content.startswith(b"chatter"):
        return chatter(content)
    if content == b"odd notes":
        return b"a file", ["Not-a-code", "drawn:1,2,3,4+", "drawn:1,2,3,4,5", "x" * 30, "a:b"]
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


def chatter(content):
    """Print as libraries do, from Python and from C, and then go on."""
    import ctypes
    import sys

    from foundation.files.rebuilder.refusal import Unfit

    for way in (sys.stdout, sys.stderr):
        print("first_picture Truncated File Read", file=way, flush=True)
    os.write(1, b"first_picture ")
    os.write(2, b"empty ")
    ctypes.CDLL(None).perror(b"empty")
    if content.endswith(b"refuse"):
        raise Unfit("broken")
    return b"a file", ["repaired"]

"""The sandbox's first steps: limits, then what the work needs, then the lock, and only then a hostile byte.

python -I -S -c … module: standard input is the file, standard output the new one, standard error our codes.
Both are moved aside before a library is loaded: what one prints goes nowhere, and is never read as ours.
"""

import codecs
import ctypes
import importlib
import os
import resource
import signal
import sys

from foundation.files.rebuilder import seccomp
from foundation.files.rebuilder.refusal import MAX_OUT, Unfit

DONE, REFUSED, NO_SANDBOX = 0, 3, 70
MEMORY = 1280 * 1024 * 1024
CPU_SECONDS = 50
NOBODY = 65534
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x08000000, 0x10000000, 0x40000000

# Python loads an alphabet when it is first asked for: these are what files of any kind hold text in.
ALPHABETS = (
    *("ascii", "latin_1", "utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le"),
    *("utf_32_be", "cp1252", "mac_roman"),
)

answers = {"file": 1, "codes": 2}  # where our answer goes
own_network = [False]  # whether the lock could take one: for the probe


def main() -> None:
    """Work on the file from standard input with the module that is named, and end the process."""
    try:
        keep_apart()
        limit()
        for alphabet in ALPHABETS:
            codecs.lookup(alphabet)
        work = importlib.import_module(sys.argv[1])
        work.warm()  # what a library imports or opens only when first used has to happen before the lock
        lock()
    except BaseException as error:  # noqa: BLE001  without its sandbox nothing is read
        leave(NO_SANDBOX, type(error).__name__)
    try:
        result, notes = work.rebuild(sys.stdin.buffer.read())
        if len(result) > MAX_OUT:
            raise Unfit("too_heavy")
        send(answers["file"], result)
    except Unfit as error:
        leave(REFUSED, str(error))
    except MemoryError:
        leave(REFUSED, "too_heavy")
    except BaseException:  # noqa: BLE001  what a library cannot read is broken, whatever it says
        leave(REFUSED, "broken")
    leave(DONE, " ".join(notes))


def leave(code: int, word: str) -> None:
    """End at once: no library gets to run its own ending, which may want what is locked."""
    send(answers["codes"], word.encode())
    os._exit(code)


def send(to: int, content: bytes) -> None:
    """Write all of it."""
    left = memoryview(content)
    while left:
        left = left[os.write(to, left) :]


def keep_apart() -> None:
    """Take both ways out for ourselves; what anybody else prints is dropped, and no program inherits them."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for name, number in (("file", 1), ("codes", 2)):
        answers[name] = os.dup(number)
        os.dup2(nowhere, number)
    os.close(nowhere)


def limit() -> None:
    """Bound memory, time, files and processes."""
    for what, most in {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 32,
        resource.RLIMIT_CORE: 0,
    }.items():
        resource.setrlimit(what, (most, most))


def lock(calls: seccomp.Calls = seccomp.CALLS) -> None:
    """Give up user, network, and every system call but these."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    # Where a container forbids it the filter still lets no socket be made (foundation/files/checks.py).
    own_network[0] = libc.unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(sys.argv[2]):
        raise OSError("The worker died before we were bound to it.")
    seccomp.install(calls)

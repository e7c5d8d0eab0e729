"""A filter on system calls: what is not on the list fails with EPERM, from now on and for good.

Written as the few instructions the kernel takes, so that it needs no library, no privilege and no namespace:
it holds in a container where those are forbidden. What is left is arithmetic: memory, threads, the pipes
that are open already. No file can be opened, no socket made, no program started, no process looked at.
"""

import ctypes
import platform
import struct

Calls = dict[str, tuple[int, int]]
# By name: (x86-64, ARM64); where a machine has no such call, one that does as much.
CALLS: Calls = {
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "poll": (7, 73),
    "ppoll": (271, 73),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "times": (100, 153),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
# What a program of others needs besides, to be started and to find and read what belongs to it.
PROGRAM_CALLS: Calls = {
    **CALLS,
    "execve": (59, 221),
    "openat": (257, 56),  # to read only: see `program`
    "access": (21, 48),
    "faccessat2": (439, 439),
    "stat": (4, 79),
    "newfstatat": (262, 79),
    "pread64": (17, 67),
    "readlink": (89, 78),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    "arch_prctl": (158, 96),
    "set_tid_address": (218, 96),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getppid": (110, 173),
}
OPENAT = PROGRAM_CALLS["openat"]
TO_WRITE = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000  # O_WRONLY O_RDWR O_CREAT O_TRUNC O_APPEND
CLONE = (56, 220)
CLONE3 = 435  # its arguments cannot be seen from here; ENOSYS makes the C library use clone
CLONE_THREAD = 0x10000
MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

LOAD, EQUAL, MASKED, ANSWER = 0x20, 0x15, 0x45, 0x06
ALLOW, FAIL, KILL = 0x7FFF0000, 0x00050000, 0x80000000
EPERM, ENOSYS = 1, 38
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2


class NoFilter(OSError):
    """The filter could not be put in place: nothing hostile may be read."""


def program(machine: str, calls: Calls = CALLS) -> bytes:
    """Return the filter's instructions for a kind of machine: these calls, and files opened to read only."""
    arch, column = MACHINES[machine]
    lines = [
        (LOAD, 0, 0, 4),  # of which machine the call is: another one numbers its calls differently
        (EQUAL, 1, 0, arch),
        (ANSWER, 0, 0, KILL),
        (LOAD, 0, 0, 0),  # its number
        (EQUAL, 0, 1, CLONE3),
        (ANSWER, 0, 0, FAIL | ENOSYS),
    ]
    for number in sorted({pair[column] for pair in calls.values()} - {OPENAT[column]}):
        lines += [(EQUAL, 0, 1, number), (ANSWER, 0, 0, ALLOW)]
    if OPENAT in calls.values():
        lines += [
            (EQUAL, 0, 4, OPENAT[column]),
            (LOAD, 0, 0, 32),  # its flags
            (MASKED, 0, 1, TO_WRITE),
            (ANSWER, 0, 0, FAIL | EPERM),
            (ANSWER, 0, 0, ALLOW),
        ]
    lines += [
        (EQUAL, 0, 3, CLONE[column]),
        (LOAD, 0, 0, 16),  # its flags: a thread may be made, a process may not
        (MASKED, 0, 1, CLONE_THREAD),
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, FAIL | EPERM),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("lines", ctypes.c_void_p)]


def install(calls: Calls = CALLS) -> None:
    """Put the filter in place for this process and what it becomes. Raises NoFilter where that fails."""
    if platform.machine() not in MACHINES:
        raise NoFilter(f"There is no filter for {platform.machine()}.")
    libc = ctypes.CDLL(None, use_errno=True)
    lines = program(platform.machine(), calls)
    kept = ctypes.create_string_buffer(lines, len(lines))
    whole = Program(len(lines) // 8, ctypes.addressof(kept))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise NoFilter("New privileges could not be given up.")
    if libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(whole), 0, 0):
        raise NoFilter("The filter on system calls was not accepted.")

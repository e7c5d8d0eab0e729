"""Work on a hostile file in a process of its own: no network, no files, no environment, all bounded.

The child locks itself in before it reads a byte (rebuilder/main.py) and is killed when its time is over or
its answer is too long. What it says is taken for bytes and codes, never for anything to run. A program that
is not ours runs behind a wider lock (rebuilder/program.py): it may look at files, and nothing else.
"""

import os
import subprocess
import sys
import sysconfig
import threading
from dataclasses import dataclass, field
from pathlib import Path

from foundation.files import kinds
from foundation.files.rebuilder.main import DONE, NO_SANDBOX, REFUSED
from foundation.files.rebuilder.refusal import MAX_OUT

SECONDS = 60
ROOT = str(Path(__file__).resolve().parents[2])
START = "import sys; sys.path[:0] = sys.argv[3:]; from foundation.files.rebuilder.main import main; main()"
START_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from foundation.files.rebuilder.program import main; main()"
)


class CannotWork(RuntimeError):
    """The sandbox did not start or was ended from outside: nothing is known of the file. Try again."""


@dataclass(frozen=True)
class Result:
    """The new file and codes of what was left out, or the code of why it was refused."""

    content: bytes = field(default=b"", repr=False)
    notes: list[str] = field(default_factory=list)
    reason: str = ""


def rebuild(content: bytes, *, kind: str, seconds: float = SECONDS) -> Result:
    """Return a file rebuilt in the sandbox by the reader of its kind."""
    return run(f"foundation.files.rebuilder.{kinds.kind(kind).reader}", content, seconds=seconds)


def run(module: str, content: bytes, *, seconds: float = SECONDS) -> Result:
    """Run a module's `rebuild` over a file in the sandbox."""
    return _work([START, module, str(os.getpid()), *_where()], content, seconds)


def run_program(command: list[str], content: bytes, *, seconds: float = SECONDS) -> Result:
    """Run a program, named by its whole path, over its standard input; its output, or a code of why not.

    Whatever it says on standard error is dropped, and every ending but a good one is "broken".
    """
    return _work([START_PROGRAM, ROOT, str(os.getpid()), *command], content, seconds)


def _work(start: list[str], content: bytes, seconds: float) -> Result:
    # Neither our environment nor our folder; -I -S: no user's packages, no start-up files.
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", *start]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    child = subprocess.Popen(command, env={}, cwd="/", start_new_session=True, **pipes)  # type: ignore[call-overload]
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(seconds, end)
    clock.start()
    words: list[bytes] = []
    helpers = [
        threading.Thread(target=_feed, args=(child.stdin, content), daemon=True),
        threading.Thread(target=_listen, args=(child.stderr, words), daemon=True),
    ]
    try:
        for helper in helpers:
            helper.start()
        out = _read(child.stdout, MAX_OUT + 1)
        if len(out) > MAX_OUT:
            child.kill()
        code = child.wait()
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        for helper in helpers:
            helper.join()
        for pipe in (child.stdout, child.stderr):
            pipe.close()
    said = b"".join(words).decode("ascii", "replace")
    return _result(code, out, said, late=late.is_set(), program=start[0] == START_PROGRAM)


def _where() -> list[str]:
    """Return where our code and the libraries lie: all the child can import from."""
    paths = sysconfig.get_paths()
    return list(dict.fromkeys([ROOT, paths["purelib"], paths["platlib"]]))


def _feed(pipe: object, content: bytes) -> None:
    try:
        with pipe:  # type: ignore[attr-defined]
            pipe.write(content)  # type: ignore[attr-defined]
    except OSError:
        return  # it ended before it had read all: its code says why


def _listen(pipe: object, words: list[bytes]) -> None:
    """Keep the first words and drop what follows, so that a child that floods us only waits."""
    while part := pipe.read1(4096):  # type: ignore[attr-defined]
        if not words:
            words.append(part[:200])


def _read(pipe: object, most: int) -> bytes:
    parts, size = [], 0
    while size < most and (part := pipe.read1(65536)):  # type: ignore[attr-defined]
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _result(code: int, out: bytes, said: str, *, late: bool, program: bool) -> Result:
    if late or len(out) > MAX_OUT or code == -24:  # SIGXCPU
        return Result(reason="too_heavy")
    if code == DONE and (out or program):
        return Result(out, notes=[] if program else said.split())
    if program and code != NO_SANDBOX and code >= 0:
        return Result(reason="broken")
    if code == REFUSED and said.isidentifier():
        return Result(reason=said)
    if code in (-4, -6, -7, -8, -11):  # a library fell over this file, and would again
        return Result(reason="broken")
    raise CannotWork(f"code={code} {said if code == NO_SANDBOX else ''}")

"""Work on a hostile file in a process of its own: no network, no files, no environment, all bounded.

The child locks itself in before it reads a byte (rebuilder/main.py) and is killed when its time is over or
its answer is too long. What it says is taken for bytes and codes, never for anything to run. A program that
is not ours runs behind a wider lock (rebuilder/program.py): it may look at files, and nothing else.
"""

import os
import re
import subprocess
import sys
import sysconfig
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from foundation.files import kinds
from foundation.files.rebuilder import pair
from foundation.files.rebuilder.main import DONE, NO_SANDBOX, REFUSED
from foundation.files.rebuilder.refusal import MAX_OUT

SECONDS = 60
TOGETHER = 3 * SECONDS  # for a PDF: made, compared, and where that shows a loss made in another way
INSIDE = "foundation.files.rebuilder"
NOTE = re.compile(r"[a-z_]{1,20}(:\d{1,4}(,\d{1,4}){0,3}\+?)?")
LOSSES = {"text_missing": 2, "looks_different": 1}
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
    """Return a file rebuilt in the sandbox by the reader of its kind; a PDF is compared with its copy."""
    reader = kinds.kind(kind).reader
    if reader != "documents":
        return run(f"{INSIDE}.{reader}", content, seconds=seconds)
    return _Document(content, seconds).rebuilt()


class _Document:
    """A PDF on its way: made anew, looked at by another reader, and if that finds a loss made in another way.

    A repaired one is taken where its pages and the text of each are there; else it is broken.
    """

    def __init__(self, content: bytes, seconds: float) -> None:
        self.content, self.seconds = content, seconds
        self.until = time.monotonic() + TOGETHER

    def rebuilt(self) -> Result:
        first = self.run("documents", self.content)
        if first.reason not in ("", "broken"):
            return first
        if (first.reason or "repaired" in first.notes) and (sent := self.before_mail()):
            return sent
        first = self.compared(first, self.content)
        if not _shortfall(first):
            return first
        saved = self.run("resaving", self.content)
        if saved.reason:
            return first
        second = _repaired(self.run("documents", saved.content))
        return min(first, self.compared(second, self.content), key=_shortfall)

    def before_mail(self) -> Result | None:
        """Return what is made of a file that mail took for text, as it was before, or None.

        Where every end of a line is two bytes, each was one once, if what comes out then needs no repair.
        """
        if self.content.count(b"\n") != self.content.count(b"\r\n"):
            return None
        before = self.content.replace(b"\r\n", b"\n")
        made = self.run("documents", before)
        if made.reason or "repaired" in made.notes:
            return None
        made = self.compared(_repaired(made), before)
        return None if _shortfall(made) else made

    def compared(self, made: Result, original: bytes) -> Result:
        """Return what was made with what it lacks, or that it is broken."""
        if made.reason:
            return made
        seen = self.run("comparing", pair.packed(original, made.content))
        was_repaired = "repaired" in made.notes
        lacks_text = any(note.startswith("text_missing") for note in seen.notes)
        if seen.reason == "lost" or (was_repaired and (seen.reason or lacks_text)):
            return Result(reason="broken")
        return replace(made, notes=[*made.notes, *(["not_compared"] if seen.reason else seen.notes)])

    def run(self, module: str, content: bytes) -> Result:
        left = min(self.seconds, self.until - time.monotonic())
        return run(f"{INSIDE}.{module}", content, seconds=left) if left > 0 else Result(reason="too_heavy")


def _repaired(made: Result) -> Result:
    return replace(made, notes=list(dict.fromkeys([*made.notes, "repaired"])))


def _shortfall(result: Result) -> int:
    """Return how much a copy lacks, to choose between two; what we drew ourselves looks different rightly."""
    codes = {note.partition(":")[0] for note in result.notes}
    if result.reason:
        return 9
    return sum(
        much for code, much in LOSSES.items() if code in codes and not (much == 1 and "drawn" in codes)
    )


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
    command = [sys.executable, "-I", "-S", "-W", "ignore", "-X", "utf8", "-c", *start]
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
            words.append(part[:1000])


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
        return Result(out, notes=[] if program else [note for note in said.split() if NOTE.fullmatch(note)])
    if program and code != NO_SANDBOX and code >= 0:
        return Result(reason="broken")
    if code == REFUSED and said.isidentifier():
        return Result(reason=said)
    if code in (-4, -5, -6, -7, -8, -11):  # a library fell over this file, and would again
        return Result(reason="broken")
    raise CannotWork(f"code={code} {said if code == NO_SANDBOX else ''}")

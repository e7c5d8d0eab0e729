"""Processor time of this checkout's processes, from /proc, by what they are and for whom they work."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

# How a bare view is served: as foundation/front/serve.py does, in one process, since the others of several
# could not be told from the site's own. What a request costs does not depend on how many.
BARE = ["-m", "uvicorn", "--workers", "1", "--lifespan", "off", "--no-access-log", "--log-level", "warning"]
TICK = os.sysconf("SC_CLK_TCK")
MARKS = (
    ("benchmarks.bare", "bare"),
    ("foundation.front.serve", "web"),
    ("multiprocessing", "web"),
    ("--queues names", "names"),
    ("celery", "worker"),
)
# Of PostgreSQL's processes those that serve a log-in of the background; all others, its own with them, are
# what somebody at a page waits for.
BEHIND = ("postgres: intake_worker ", "postgres: intake_names ")
IN_FRONT = ("web", "postgres")  # what somebody waits for


def per_call(call: Callable[[], object], times: int, *, of: tuple[str, ...] = IN_FRONT) -> float:
    """Return the milliseconds of one call, of so many."""

    def some() -> None:
        for _n in range(times):
            call()

    return used(some, of=of) / times


def used(work: Callable[[], None], *, of: tuple[str, ...]) -> float:
    """Return the milliseconds that some kinds of processes took while something was done."""
    before = by_kind()
    work()
    now = by_kind()
    return sum(now[kind] - before[kind] for kind in of)


def by_kind() -> Counter[str]:
    """Return milliseconds of processor time so far, {kind: ms}."""
    spent: Counter[str] = Counter()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            kind = _kind(folder)
            if kind:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                spent[kind] += sum(int(ticks) for ticks in fields[11:15]) * 1000 // TICK
        except OSError:
            continue  # it ended meanwhile; its parent has its time
    return spent


def _kind(folder: Path) -> str:
    words = (folder / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    place = (folder / "cwd").resolve()
    if words.startswith("postgres") or "/bin/postgres" in words:
        if not place.is_relative_to(Path.cwd() / ".local"):
            return ""
        return "postgres behind" if words.startswith(BEHIND) else "postgres"
    if place != Path.cwd() or words.startswith(("tests", "python3 manage.py")):
        return ""
    return next((kind for mark, kind in MARKS if mark in words), "")

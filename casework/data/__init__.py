"""The usual tasks of each track beside this file: which, within how many business days, who waits."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundation.figures import read_rows
from foundation.figures.reading import Row

HERE = Path(__file__).parent
TRACKS = ("any", "affirmative", "defensive")
WAITS = ("us", "person", "attorney", "other")


@dataclass(frozen=True)
class UsualTask:
    """One task of a list: `track` is "any" where it is usual on each."""

    code: str
    track: str
    days: int
    waits_for: str


def _rows() -> list[Row]:
    return read_rows(HERE / "tasks.csv", ["code", "track", "days", "waits_for", "confidence", "source"])


@cache
def usual_tasks() -> tuple[UsualTask, ...]:
    """Return every usual task, in the order of the file."""
    return tuple(
        UsualTask(
            row.text("code"), row.choice("track", TRACKS), row.whole("days"), row.choice("waits_for", WAITS)
        )
        for row in _rows()
    )


def usual_on(track: str) -> tuple[UsualTask, ...]:
    """Return what is usual on a track; on one that is not known what is usual on each."""
    return tuple(task for task in usual_tasks() if task.track in ("any", track))

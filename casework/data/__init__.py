"""The lists beside this file: the usual tasks of each track, and when somebody is told of what is near."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundation.figures import read_rows
from foundation.figures.reading import Row

HERE = Path(__file__).parent
TRACKS = ("any", "affirmative", "defensive")
WHATS = ("hearing", "held", "person_hearing", "person_appointment", "task", "idle", "silence")
WHOM = ("holders", "supervisors", "person", "owner")
WAITS = ("us", "person", "attorney", "other")


@dataclass(frozen=True)
class UsualTask:
    """One task of a list: `track` is "any" where it is usual on each."""

    code: str
    track: str
    days: int
    waits_for: str


@dataclass(frozen=True)
class Due:
    """One row of the schedule: so many business days before the day, to whom.

    Of `held` and `task` after it, of `idle` and `silence` after the last thing that happened.
    """

    what: str
    days: int
    whom: str


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


@cache
def schedule() -> tuple[Due, ...]:
    """Return when whoever must act, and the person, are told of what is near, in the order of the file."""
    rows = read_rows(HERE / "reminders.csv", ["what", "days", "whom", "confidence", "source"])
    return tuple(Due(row.choice("what", WHATS), row.whole("days"), row.choice("whom", WHOM)) for row in rows)


def usual_on(track: str) -> tuple[UsualTask, ...]:
    """Return what is usual on a track; on one that is not known what is usual on each."""
    return tuple(task for task in usual_tasks() if task.track in ("any", track))

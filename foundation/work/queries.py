"""What a person reads of the lines: how many rows wait, and which are stuck."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min

from foundation.work.line import Line, lines
from foundation.work.words import error_words, to_do_words

SHOWN = 50


@dataclass(frozen=True)
class StuckRow:
    """A row that waits for a person: since when, how many tries, the code of what failed, whose matter."""

    pk: str
    detail: str
    since: datetime
    tries: int
    error: str
    matter_id: Any = None

    @property
    def to_do(self) -> str:
        return to_do_words(self.error)

    @property
    def why(self) -> str:
        return error_words(self.error)


@dataclass(frozen=True)
class LineState:
    """How a line of an office stands: how many rows wait, since when the first is due, which are stuck.

    `stuck` counts them all, `rows` holds the first fifty, longest stuck first.
    """

    line: Line[Any]
    waiting: int
    first_due: datetime | None
    stuck: int
    rows: list[StuckRow]


def line_states(office_id: int) -> list[LineState]:
    """Return how every line of an office stands, those with something stuck first."""
    return sorted((_state(line, office_id) for line in lines()), key=lambda state: not state.stuck)


def _state(line: Line[Any], office_id: int) -> LineState:
    waiting = line.waiting().filter(office_id=office_id).aggregate(n=Count("pk"), first=Min("next_try_at"))
    stuck = line.stuck(office_id)
    rows = [_row(line, row) for row in stuck[:SHOWN]]
    return LineState(line, waiting["n"], waiting["first"], stuck.count(), rows)


def _row(line: Line[Any], row: Any) -> StuckRow:
    return StuckRow(str(row.pk), line.detail(row), row.stuck_at, row.attempts, row.error, line.matter(row))


def stuck_count(office_id: int) -> int:
    """Return how many rows of an office wait for a person."""
    return sum(line.stuck(office_id).count() for line in lines())

"""How soon a person must look: points by group, the band, and the floors under it."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from screening.data import Tables
from screening.rules.clocks import clock_marks
from screening.rules.hearings import hearing_marks
from screening.rules.people import child_marks, custody_marks, entry_marks, refugee_marks, safety_marks
from screening.rules.run import Mark, Run
from screening.rules.years import year_marks

BANDS = ("CRITICAL", "HIGH", "MEDIUM", "ROUTINE")
HIGHEST = 100
GROUPS = ("clock", "one_year", "custody", "child", "aging_out", "safety", "vulnerable", "scam", "er")
# In this order their codes are read.
RULES: tuple[Callable[[Run], Iterator[Mark]], ...] = (
    hearing_marks,
    clock_marks,
    year_marks,
    custody_marks,
    child_marks,
    safety_marks,
    refugee_marks,
    entry_marks,
)


class Priority(NamedTuple):
    """`score` is the sum of `points`, at most 100; `band` is what the score or a floor asks for.

    `floors` are those that were reached, by name, with the band each asks for.
    """

    score: int
    band: str
    points: dict[str, int]
    floors: dict[str, str]


def marks_of(run: Run) -> list[Mark]:
    """Return what every rule comes to, in the order of the policy."""
    return [mark for rule in RULES for mark in rule(run)]


def priority_of(marks: Iterable[Mark], tables: Tables) -> Priority:
    """Work out points, score and band. Inside a group the largest counts; a floor keeps its highest band."""
    most: dict[str, int] = {}
    reached: dict[str, list[str]] = {}
    for mark in marks:
        if mark.points > most.get(mark.group, 0):
            most[mark.group] = mark.points
        if mark.floor:
            reached.setdefault(mark.floor, []).append(mark.band)
    points = {name: most[name] for name in GROUPS if name in most}
    floors = {name: highest(*bands) for name, bands in reached.items()}
    score = min(sum(points.values()), HIGHEST)
    return Priority(score, highest(band_of(score, tables), *floors.values()), points, floors)


def highest(*bands: str) -> str:
    """Return the most urgent of some bands."""
    return next(band for band in BANDS if band in bands)


def band_of(score: int, tables: Tables) -> str:
    """Return the band the points alone ask for."""
    return next(band for band in BANDS if score >= tables.bands[band])

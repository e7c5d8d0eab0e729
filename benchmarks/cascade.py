"""A simulated half-year of an office: asked in turn by the program, against single offers made by hand.

Nothing here is anybody's: who arrives, who answers and how soon is drawn from a fixed seed. The rules are the
program's own (referrals/rules), so what is compared is what they make of the same people and the same cases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median_high
from typing import Any

from referrals.rules import Candidate, Hours, Need
from referrals.rules.simulation import (
    BY_HAND,
    CASCADE,
    HOUR,
    USUAL,
    Arrival,
    Person,
    World,
    differing,
    simulate,
)

BEGINS = datetime(2026, 7, 1, 13, 0, tzinfo=UTC)  # with Thanksgiving and the end of the year in it
DAYS = 184
SEEDS = range(1, 21)
LANGUAGES = (("spa", 50), ("prs", 12), ("ara", 12), ("fra", 10), ("hat", 8), ("quc", 4), ("tir", 4))
STATES = (("NJ", 60), ("NY", 30), ("PA", 10))
ZONES = ("America/New_York",) * 9 + ("America/Chicago",)


@dataclass(frozen=True)
class Half:
    """The middle of so many half-years placed in one way, each from a seed of its own."""

    way: str
    half_years: int
    referrals: int
    placed: int
    asked: int
    half: float
    most: float
    busiest: float
    spread: float


def _drawn(dice: Random, table: Sequence[tuple[str, int]]) -> str:
    return dice.choices([word for word, _n in table], [n for _word, n in table])[0]


def _people(dice: Random, count: int) -> Iterator[Person]:
    for key in range(count):
        spoken = {"eng", *(_drawn(dice, LANGUAGES) for _ in range(dice.choice((0, 1, 1, 2))))}
        one = Candidate(
            id=key,
            languages=sorted(spoken),
            countries=[],
            tracks=["affirmative", "defensive"],
            capacity=dice.choice((1, 2, 2, 3, 3, 4, 6)),
            open_cases=0,
            accepting=True,
            has_credentials=True,
            states=[_drawn(dice, STATES)],
            takes_held=dice.random() < 0.3,
            works_remotely=dice.random() < 0.4,
        )
        yield Person(one, Hours(dice.choice(ZONES)), USUAL)


def _arrivals(dice: Random, a_week: float) -> Iterator[Arrival]:
    at = BEGINS
    while True:
        at += timedelta(days=dice.expovariate(a_week / 7))
        if at >= BEGINS + timedelta(days=DAYS - 21):
            return  # the last three weeks none comes: who has waited for less would count for nothing
        urgent, language, state = dice.random() < 0.1, _drawn(dice, LANGUAGES), _drawn(dice, STATES)
        need = Need(language, "", "defensive", state=state, is_held=dice.random() < 0.15)
        yield Arrival(at, need, (8 if urgent else 24) * HOUR)


def world(seed: int, *, people: int = 30, a_week: float = 3.0) -> World:
    """Return one half-year of an office with so many practitioners and so many cases a week."""
    dice = Random(seed)  # noqa: S311  a simulation, no secret
    panel = tuple(differing(list(_people(dice, people)), seed))
    office = Hours("America/New_York")
    until = BEGINS + timedelta(days=DAYS)
    return World(tuple(_arrivals(dice, a_week)), panel, office, until, seed=seed)


def measure(**sizes: Any) -> list[dict[str, Any]]:
    """Return the figures of both ways over the same half-years."""
    found = []
    for way in (CASCADE, BY_HAND):
        runs = [simulate(world(seed, **sizes), way) for seed in SEEDS]

        def middle(name: str, runs: list[Any] = runs) -> Any:
            return median_high(getattr(one, name) or 0 for one in runs)

        names = ("referrals", "placed", "asked", "half", "most", "busiest", "spread")
        found.append(asdict(Half(way, len(runs), **{name: middle(name) for name in names})))
    return found

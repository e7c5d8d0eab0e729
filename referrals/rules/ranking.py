"""Which practitioners suit a case, and why. Pure: facts in, ranking out.

Hard limits stand apart: whom one stops is not proposed, however well they fit. Among the others the order is
fit, less what an earlier no says, and more the freer somebody is of the places that they set themselves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from referrals.rules.queues import Need

FREE = 4.0  # points of somebody whose places are all free: as much as language and half a country
# What an answer to this very case costs whoever gave it. No room may be over; a wrong field is not.
ASKS = 3  # points of whoever asked for this very case: as much as its language
NO_COSTS = {"capacity": 3.0, "fit": 8.0, "other": 5.0, "silent": 4.0}


@dataclass(frozen=True)
class EarlierNo:
    """That somebody said no to this case, or nothing (`why` "silent"), on a day."""

    why: str
    day: date


@dataclass(frozen=True)
class Candidate:
    """A practitioner as the ranking sees them; `open_cases` counts live assignments.

    `asked` counts the other offers that wait for their answer: each may become a case. `has_credentials`:
    somebody verified them, and they have not run out; `is_covered`: so of their malpractice cover, or the
    office does not ask for it. `trainings`: what they were trained in. `no`: their newest no to this case;
    `asks`: they asked for it on the board.
    """

    id: int
    languages: Sequence[str]
    countries: Sequence[str]
    tracks: Sequence[str]
    capacity: int
    open_cases: int
    accepting: bool
    has_credentials: bool
    states: Sequence[str] = ()
    takes_held: bool = False
    works_remotely: bool = False
    is_away: bool = False
    is_covered: bool = True
    trainings: Sequence[int] = ()
    asked: int = 0
    asks: bool = False
    no: EarlierNo | None = None

    @property
    def free(self) -> int:
        """How many of their places nobody has, nor is being asked to fill."""
        return max(self.capacity - self.open_cases - self.asked, 0)


@dataclass(frozen=True)
class Match:
    """A candidate's fit: `reasons`, `doubts` and `stops` are codes worded in matching.py.

    `points` is the fit alone; `score` what the order goes by: with fairness, and an earlier no.
    """

    candidate_id: int
    points: int
    score: float
    stops: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def available(self) -> bool:
        """Whether no hard limit keeps the case from them."""
        return not self.stops


def rank(need: Need, candidates: Sequence[Candidate]) -> list[Match]:
    """Return matches, those who can take a case first, then by score; equals in the order of their ids.

    The order is advice: the caseworker picks.
    """
    matches = [match(need, candidate) for candidate in candidates]
    return sorted(matches, key=lambda m: (not m.available, -m.score, m.candidate_id))


def match(need: Need, candidate: Candidate) -> Match:
    """Return how one candidate fits."""
    tests = list(_tests(need, candidate))
    stops = [code for code, stands in _stops(need, candidate) if stands]
    doubts = [f"NO_{code}" for code, _, fits in tests if not fits and f"NO_{code}" not in stops]
    doubts += [] if need.language else ["LANGUAGE_UNKNOWN"]
    doubts += ["SAID_NO"] if candidate.no and "CONFLICT" not in stops else []
    points = sum(points for _, points, fits in tests if fits)
    return Match(
        candidate_id=candidate.id,
        points=points,
        score=points + _fairness(candidate) - _cost(candidate.no),
        stops=stops,
        reasons=[code for code, _, fits in tests if fits],
        doubts=doubts,
    )


def _fairness(candidate: Candidate) -> float:
    """Return more for whoever has more of their own places free: load follows the places people set."""
    return FREE * candidate.free / candidate.capacity if candidate.capacity else 0.0


def _cost(no: EarlierNo | None) -> float:
    return NO_COSTS.get(no.why, 0.0) if no else 0.0


def _stops(need: Need, candidate: Candidate) -> Iterator[tuple[str, bool]]:
    """Yield (code, does it stand) of the hard limits; what is not known stops nobody."""
    somewhere = bool(candidate.states) and not candidate.works_remotely
    yield "UNVERIFIED", not candidate.has_credentials
    yield "FULL", candidate.capacity <= candidate.open_cases
    yield "PAUSED", not candidate.accepting
    yield "AWAY", candidate.is_away
    yield "UNCOVERED", not candidate.is_covered
    yield "UNTRAINED", not set(need.trainings) <= set(candidate.trainings)
    yield "CONFLICT", candidate.no is not None and candidate.no.why == "conflict"
    yield "NO_HELD", need.is_held and not candidate.takes_held
    yield "NO_STATE", somewhere and bool(need.state) and need.state not in candidate.states


def _tests(need: Need, candidate: Candidate) -> Iterator[tuple[str, int, bool]]:
    """Yield (code, points, does it fit) of what is known of the case; what is not known tells nothing."""
    if candidate.asks:
        yield "ASKED_FOR", ASKS, True
    if need.language:
        yield "LANGUAGE", 3, need.language in candidate.languages
    if need.country:
        yield "COUNTRY", 2, need.country in candidate.countries
    yield "TRACK", 2, need.track == "unknown" or need.track in candidate.tracks
    if need.state:
        yield "STATE", 2, candidate.works_remotely or need.state in candidate.states
    if need.is_held:
        yield "HELD", 3, candidate.takes_held

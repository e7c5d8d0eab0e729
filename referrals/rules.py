"""Which practitioners suit a case, and why. Pure: facts in, ranking out."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Need:
    """What a case asks for. `language` ISO 639-1, `country` ISO 3166-1 alpha-2, `track` as on the case."""

    language: str
    country: str
    track: str


@dataclass(frozen=True)
class Candidate:
    """A practitioner as the ranking sees them; `open_cases` counts live assignments."""

    id: int
    languages: Sequence[str]
    countries: Sequence[str]
    tracks: Sequence[str]
    capacity: int
    open_cases: int
    accepting: bool


@dataclass(frozen=True)
class Match:
    """A candidate's fit: `reasons` and `doubts` are codes worded in queries.py."""

    candidate_id: int
    points: int
    available: bool
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def rank(need: Need, candidates: Sequence[Candidate]) -> list[Match]:
    """Return matches, those who can take a case first, then by fit, then by how free they are.

    The order is advice: the caseworker picks.
    """
    room = {candidate.id: candidate.capacity - candidate.open_cases for candidate in candidates}
    matches = [match(need, candidate) for candidate in candidates]
    return sorted(matches, key=lambda m: (not m.available, -m.points, -room[m.candidate_id], m.candidate_id))


def match(need: Need, candidate: Candidate) -> Match:
    """Return how one candidate fits."""
    tests = [
        ("LANGUAGE", 3, need.language in candidate.languages),
        ("COUNTRY", 2, bool(need.country) and need.country in candidate.countries),
        ("TRACK", 2, need.track == "unknown" or need.track in candidate.tracks),
    ]
    room = candidate.capacity > candidate.open_cases
    doubts = [f"NO_{code}" for code, _, fits in tests if not fits]
    doubts += [] if room else ["FULL"]
    doubts += [] if candidate.accepting else ["PAUSED"]
    return Match(
        candidate_id=candidate.id,
        points=sum(points for _, points, fits in tests if fits),
        available=room and candidate.accepting,
        reasons=[code for code, _, fits in tests if fits],
        doubts=doubts,
    )

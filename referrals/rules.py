"""Which practitioners suit a case, and why. Pure: facts in, ranking out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Need:
    """What a case asks for. `language` ISO 639-3, the person's own and not the page's; "" where not known.

    `country` ISO 3166-1 alpha-2 and `state` USPS, "" where not known; `track` and `band` as on the case;
    `is_child` None where the age is not known; `trainings` are what its queue asks of whoever takes it.
    """

    language: str
    country: str
    track: str
    state: str = ""
    is_held: bool = False
    band: str = ""
    is_child: bool | None = None
    trainings: Sequence[int] = ()


@dataclass(frozen=True)
class QueueTakes:
    """Which cases a queue is for; an empty list or word asks for nothing.

    `held` and `children`: "only" such people, or "none" of them. `trainings` are asked of whoever takes a
    case out of it, not of the case.
    """

    states: Sequence[str] = ()
    languages: Sequence[str] = ()
    tracks: Sequence[str] = ()
    bands: Sequence[str] = ()
    held: str = ""
    children: str = ""
    trainings: Sequence[int] = ()


@dataclass(frozen=True)
class QueueFit:
    """What of a case a queue does not take, and what nobody knows of it yet, in codes of QueueTakes."""

    misses: list[str]
    unknown: list[str]

    @property
    def fits(self) -> bool:
        """Tell whether nothing known speaks against it: not known is no No."""
        return not self.misses


def queue_fit(takes: QueueTakes, need: Need) -> QueueFit:
    """Return how a case fits what a queue takes."""
    asked = [(code, verdict) for code, verdict in _asked(takes, need)]
    return QueueFit(
        misses=[code for code, verdict in asked if verdict is False],
        unknown=[code for code, verdict in asked if verdict is None],
    )


def _asked(takes: QueueTakes, need: Need) -> Iterator[tuple[str, bool | None]]:
    """Yield (code, does it fit) of all that a queue asks for; None where nobody knows."""
    listed = {
        "states": need.state,
        "languages": need.language,
        "tracks": "" if need.track == "unknown" else need.track,
        "bands": need.band,
    }
    for code, value in listed.items():
        wanted = getattr(takes, code)
        if wanted:
            yield code, value in wanted if value else None
    for code, stands in (("held", need.is_held), ("children", need.is_child)):
        if wanted := getattr(takes, code):
            yield code, None if stands is None else stands is (wanted == "only")


@dataclass(frozen=True)
class Candidate:
    """A practitioner as the ranking sees them; `open_cases` counts live assignments.

    `has_credentials`: somebody verified them, and they have not run out; `is_covered`: so of their
    malpractice cover, or the office does not ask for it. `trainings`: what they were trained in.
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
    tests = list(_tests(need, candidate))
    stops = {
        "UNVERIFIED": not candidate.has_credentials,
        "FULL": candidate.capacity <= candidate.open_cases,
        "PAUSED": not candidate.accepting,
        "AWAY": candidate.is_away,
        "UNCOVERED": not candidate.is_covered,
        "UNTRAINED": not set(need.trainings) <= set(candidate.trainings),
    }
    doubts = [f"NO_{code}" for code, _, fits in tests if not fits]
    doubts += [] if need.language else ["LANGUAGE_UNKNOWN"]
    return Match(
        candidate_id=candidate.id,
        points=sum(points for _, points, fits in tests if fits),
        available=not any(stops.values()),
        reasons=[code for code, _, fits in tests if fits],
        doubts=[*doubts, *(code for code, stands in stops.items() if stands)],
    )


def _tests(need: Need, candidate: Candidate) -> Iterator[tuple[str, int, bool]]:
    """Yield (code, points, does it fit) of what is known of the case; what is not known tells nothing."""
    if need.language:
        yield "LANGUAGE", 3, need.language in candidate.languages
    if need.country:
        yield "COUNTRY", 2, need.country in candidate.countries
    yield "TRACK", 2, need.track == "unknown" or need.track in candidate.tracks
    if need.state:
        yield "STATE", 2, candidate.works_remotely or need.state in candidate.states
    if need.is_held:
        yield "HELD", 3, candidate.takes_held

"""What a case asks for, and whether a queue takes it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


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

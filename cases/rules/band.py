"""When a band rises by itself. It never falls by itself: only a person lowers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.rules.priority import BANDS


@dataclass(frozen=True)
class Asked:
    """What the rules ask for at one time: the band, and the floors that were reached with theirs."""

    band: str
    floors: Mapping[str, str] = field(default_factory=dict)


def more_urgent(band: str, than: str) -> bool:
    return BANDS.index(band) < BANDS.index(than)


def most_urgent(*bands: str) -> str:
    return next(band for band in BANDS if band in bands)


def risen(current: str, *, now: Asked, decided: Asked | None) -> str:
    """Return the band of a case after the rules ran again.

    `decided` is what the rules asked for when a person last decided about the urgency. What that person
    knew and departed from raises nothing again; a more urgent band does, and so does a floor reached since.
    """
    if decided is None:
        return most_urgent(current, now.band)
    new = [
        band for name, band in now.floors.items() if more_urgent(band, decided.floors.get(name, "ROUTINE"))
    ]
    if more_urgent(now.band, decided.band):
        new.append(now.band)
    return most_urgent(current, *new)

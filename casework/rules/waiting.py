"""Who waits on whom: worked out of what is open, kept nowhere. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Open(NamedTuple):
    """One open thing: on whom it waits, and by when."""

    on: str
    due: date


class Waiting(NamedTuple):
    """On whom a case waits most pressingly, by when, and how many things wait on each."""

    on: str
    due: date
    counts: dict[str, int]


def waits_on(things: Iterable[Open]) -> Waiting | None:
    """Return on whom a case waits: whoever has the thing that is due first; of one day we come first."""
    listed = sorted(things, key=lambda thing: (thing.due, thing.on != "us"))
    if not listed:
        return None
    counts: dict[str, int] = {}
    for thing in listed:
        counts[thing.on] = counts.get(thing.on, 0) + 1
    return Waiting(listed[0].on, listed[0].due, counts)

"""Rate limits: how often, in how long, all in one table.

Counted in the shared cache under a keyed hash, so that neither an address nor a number stands there; while
that is away, in PostgreSQL (foundation/database/caches.py).
Nothing is counted by network address: none is kept, and many people share one.
"""

import time
from dataclasses import dataclass

from django.core.cache import caches
from django.utils.connection import ConnectionProxy
from django.utils.crypto import salted_hmac

cache = ConnectionProxy(caches, "limits")


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds, for each key."""

    times: int
    seconds: int


LIMITS = {
    # Tries that are free before they are slowed, and for how long one counts: foundation/slowing.py.
    "sign-in": Limit(5, 86_400),  # of one account's password
    "second-factor": Limit(5, 86_400),  # of one account's code
    "receipt": Limit(5, 604_800),  # of one receipt's secret
    "receipt-wait": Limit(1, 3600),  # uses of one turn that somebody waited for
    "told-of-tries": Limit(1, 86_400),  # times somebody is told that others try to sign in as them
    "calendar": Limit(30, 3600),  # readings of one person's calendar from its secret address
    "upload": Limit(30, 3600),  # times somebody sends files to one person's matter
}

# How long a try waits, in seconds, each twice the one before: foundation/slowing.py.
WAITS = (5, 10, 20, 40, 80, 160, 320, 640, 1280)
LIMITS |= {f"wait-{seconds}": Limit(1, seconds) for seconds in WAITS}


def allows(name: str, key: object) -> bool:
    """Count one use and tell whether it is within the limit."""
    return count(name, key) <= LIMITS[name].times


def count(name: str, key: object) -> int:
    """Count one use and return how many there were in this span of time."""
    entry = _entry(name, key)
    if cache.add(entry, 0, timeout=LIMITS[name].seconds):
        _note_end(name, entry)
    try:
        return int(cache.incr(entry))
    except ValueError:  # it ran out between the two
        cache.set(entry, 1, timeout=LIMITS[name].seconds)
        _note_end(name, entry)
        return 1


def used(name: str, key: object) -> int:
    """Return how many uses were counted in this span of time, and count none."""
    return int(cache.get(_entry(name, key)) or 0)


def _note_end(name: str, entry: str) -> None:
    seconds = LIMITS[name].seconds
    cache.set(f"{entry}:end", time.time() + seconds, timeout=seconds)


def seconds_left(name: str, key: object) -> int:
    """Return for how long this span of time still counts; 0 where nothing was counted."""
    end = cache.get(f"{_entry(name, key)}:end")
    return max(0, round(float(end) - time.time())) if end else 0


def forget(name: str, key: object) -> None:
    """Start counting anew, as after a right answer."""
    entry = _entry(name, key)
    cache.delete_many([entry, f"{entry}:end"])


def _entry(name: str, key: object) -> str:
    return f"limit:{name}:" + salted_hmac("limit", str(key), algorithm="sha256").hexdigest()[:32]

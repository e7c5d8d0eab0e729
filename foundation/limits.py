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
    "sign-in": Limit(5, 300),  # tries of one account's password
    "second-factor": Limit(5, 300),  # tries of one account's code
    "receipt": Limit(5, 3600),  # tries of one receipt's secret
    "upload": Limit(30, 3600),  # times somebody sends files to one person's matter
    # Different people's matters one person opens: when the administrators are told, and when it ends.
    "matters-alarm-attorney": Limit(20, 3600),
    "matters-attorney": Limit(40, 3600),
    "matters-alarm-caseworker": Limit(150, 3600),
    "matters-caseworker": Limit(400, 3600),
    "matters-alarm-administrator": Limit(50, 3600),
    "matters-administrator": Limit(150, 3600),
}


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

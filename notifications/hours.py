"""At which hours somebody may be written to by their own clock, and by which ways a message may tell more.

Pure: no Django, no clock. What nobody said is careful: a text rings at a decent hour, and says nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# The parts of a day that somebody can name, by the hours that begin in them.
PARTS: dict[str, range] = {
    "morning": range(8, 12),
    "afternoon": range(12, 17),
    "evening": range(17, 21),
}
DECENT = frozenset(range(9, 20))  # for what rings, where nobody said when [policy of the program]
HOURS_AHEAD = 72  # an hour of each part comes within a day, one that a change of clocks leaves out within two


@dataclass(frozen=True)
class Terms:
    """On which terms somebody may be written to; `zone` "" is the office's, no `parts` is nothing said.

    `tells`: the ways by which they said "you may write what it is about". `dead`: the ways whose number or
    address took no message before.
    """

    parts: tuple[str, ...] = ()
    zone: str = ""
    tells: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()

    def kept(self) -> dict[str, Any]:
        """Return them as they are kept."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }


def terms_of(kept: Mapping[str, Any] | None) -> Terms:
    """Return terms that were kept; what is unknown of them is left out, and counts as not said."""
    kept = kept or {}
    parts = tuple(part for part in kept.get("parts", ()) if part in PARTS)
    tells, dead = tuple(kept.get("tells", ())), tuple(kept.get("dead", ()))
    return Terms(parts, str(kept.get("zone") or ""), tells, dead)


def next_hour(terms: Terms, at: datetime, *, zone: str, rings: bool) -> datetime:
    """Return the first moment from `at` on at which they may be written to: `at` itself, or a full hour.

    `zone` is the office's, by which somebody lives who named none. `rings`: by a way that makes a noise.
    """
    hours = frozenset(hour for part in terms.parts for hour in PARTS[part]) or (DECENT if rings else None)
    if hours is None:
        return at
    return next_of(hours, at, zone_of(terms.zone) or ZoneInfo(zone))


def next_of(hours: Collection[int], at: datetime, clock: ZoneInfo) -> datetime:
    """Return the first moment from `at` on in one of some hours of a clock: `at` itself, or a full hour."""
    moment = at
    for _hour in range(HOURS_AHEAD):
        local = moment.astimezone(clock)
        if local.hour in hours:
            return moment
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        moment = moment - past + timedelta(hours=1)
    return moment


def hours_out_of(start: int, end: int) -> frozenset[int]:
    """Return the hours of a day that do not begin between two, which may lie on both sides of midnight."""
    inside = range(start, end) if start < end else (*range(start, 24), *range(end))
    return frozenset(range(24)) - set(inside)


def zone_of(name: str) -> ZoneInfo | None:
    """Return the clock of a name, or None where it is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None

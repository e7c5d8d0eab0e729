"""A volume looked at again in the sandbox: whether its pages are as its map says, numbers and hashes."""

from dataclasses import dataclass
from typing import Any

from foundation.files import sandbox
from packets.binding import parcel

VERIFYING = "packets.binding.verifying"


class NoPacket(Exception):
    """A file is no volume of a packet: a code of why."""


@dataclass(frozen=True)
class Seen:
    """One page: what the map says of it, and what is there. `upright`: its number stands as it should."""

    part: str
    kind: str
    label: str
    digest: str
    stamped: str
    now: str
    upright: bool

    @property
    def is_placed(self) -> bool:
        return self.stamped == self.label and self.upright

    @property
    def is_same(self) -> bool:
        return self.digest == self.now


def seen(volume: bytes) -> list[Seen]:
    """Return each page of a volume as it is now. Raises NoPacket for what is none."""
    result = sandbox.run(VERIFYING, volume)
    if result.reason:
        raise NoPacket(result.reason)
    head, _files = parcel.unpacked(result.content)
    said: list[dict[str, Any]] = head["said"]
    found: list[dict[str, Any]] = head["found"]
    if len(said) != len(found):
        raise NoPacket("pages_missing")
    return [
        Seen(
            one["part"], one["kind"], one["label"], one["digest"], now["label"], now["digest"], now["upright"]
        )
        for one, now in zip(said, found, strict=True)
    ]


def misplaced(volume: bytes) -> int:
    """Return how many pages of a volume do not carry their number upright at the bottom in the middle."""
    return sum(not page.is_placed for page in seen(volume))

"""Where the signed record has no rows and is whole all the same: restored, or gone by their age.

Both are events of the record itself, so that a verification can say them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from foundation.events.models import Event

RESTORED = "events.restored"  # its `lives`: what Gap holds, for each kind
LET_GO = "events.readings_let_go"  # what Gone holds


@dataclass(frozen=True)
class Anchor:
    """The newest checkpoint of a kind, to be kept where the database's owner cannot reach."""

    kind: str
    number: int
    total: int
    chain: str
    signature: str


@dataclass(frozen=True)
class Gap:
    """Where a restored ledger goes on: after which checkpoint, and what the anchor kept elsewhere had beyond.

    `lost` rows were signed after the backup was made, and are not in it.
    """

    kind: str
    number: int
    anchor_number: int
    anchor_chain: str
    lost: int

    def covers(self, anchor: Anchor) -> bool:
        """Tell whether an anchor is of the part that was lost."""
        newest = (anchor.number, anchor.chain) == (self.anchor_number, self.anchor_chain)
        between = self.number < anchor.number < self.anchor_number
        return anchor.kind == self.kind and (newest or between)


@dataclass(frozen=True)
class Gone:
    """Batches whose rows went by their age, at once: from the first to the last; their checkpoints stay."""

    kind: str
    first: int
    last: int
    rows: int


def restorations() -> Iterator[tuple[datetime, Gap]]:
    """Yield when this ledger was restored, and each kind's gap, once whatever the number of offices."""
    seen = set()
    for at, data in Event.objects.filter(name=RESTORED).order_by("seq").values_list("at", "data"):
        for life in data["lives"]:
            if (gap := Gap(**life)) not in seen:
                seen.add(gap)
                yield at, gap


def gap_in_words(at: datetime, gap: Gap) -> str:
    """Return what a person reads of a restoration."""
    return (
        f"{gap.kind}: restored on {at:%Y-%m-%d %H:%M} UTC, after batch {gap.number};"
        f" it ends {gap.lost} rows before the last seal kept elsewhere."
    )


def letting_go(kind: str) -> list[Gone]:
    """Return what went by its age, each time once whatever the number of offices."""
    said = Event.objects.filter(name=LET_GO, data__kind=kind).order_by("seq").values_list("data", flat=True)
    return list(dict.fromkeys(Gone(**data) for data in said))


def gone_in_words(gone: Gone) -> str:
    """Return what a person reads of batches that went."""
    return (
        f"{gone.kind}: {gone.rows} rows of batches {gone.first} to {gone.last} went by their age;"
        " their seals are here."
    )

"""What was decided against someone, by whom and when, and what was filed against it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from foundation.calendar import PartialDate
from screening.rules import reading
from screening.rules.reading import BadFacts

BY = ("officer", "dhs", "judge", "board", "absentia", "unsure")
# The deadline engine's older words for two of them.
ALSO = {"asylum_office": "officer", "bia": "board"}
FILED = ("appeal", "motion", "petition", "waived")


@dataclass(frozen=True)
class Decision:
    """One decision. `date` None: not known. `asylum_merits` None: not known whether asylum was decided on
    its merits. `filed` is what was filed against it, or "waived"; `filed_received` the day on its receipt.
    """

    date: PartialDate | None
    by: str
    asylum_merits: bool | None = None
    filed: str | None = None
    filed_received: PartialDate | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "by", ALSO.get(self.by, self.by))

    def as_input(self) -> dict[str, Any]:
        """Return it as findings and dates keep it; what is not known is left out, but for the date."""
        more = {
            "asylum_merits": self.asylum_merits,
            "filed": self.filed,
            "filed_received": self.filed_received and self.filed_received.isoformat(),
        }
        known = {name: value for name, value in more.items() if value is not None}
        return {"by": self.by, "date": self.date.isoformat() if self.date else None, **known}


def read_decision(key: str, value: Any, *, needed: tuple[str, ...] = ("by",)) -> Decision:
    """Return a decision from JSON; BadFacts names the key that cannot be read."""
    found = reading.object_with(key, value, READERS, needed)
    read = {name: READERS[name](f"{key}.{name}", each) for name, each in found.items()}
    return Decision(**{"date": None, **read})


def read_decisions(key: str, value: Any) -> tuple[Decision, ...]:
    items = reading.list_of(key, value)
    return tuple(read_decision(f"{key}[{n}]", item) for n, item in enumerate(items))


def _by(key: str, value: Any) -> str:
    if not isinstance(value, str) or value not in {*BY, *ALSO}:
        raise BadFacts(f"{key} must be one of {', '.join((*BY, *ALSO))}: {value!r}")
    return value


READERS: dict[str, reading.Reader] = {
    "date": partial(reading.nullable, reading.partial_date),
    "by": _by,
    "asylum_merits": partial(reading.nullable, reading.flag),
    "filed": partial(reading.nullable, partial(reading.word_of, FILED)),
    "filed_received": partial(reading.nullable, reading.partial_date),
}

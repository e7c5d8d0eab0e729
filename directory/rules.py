"""Which organizations suit somebody, and when what is known of one is too old. Pure: facts in, answer out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

# What nobody checked for so many days is not shown to the public, and staff read how old it is.
CHECK_DAYS = 180
YES, NO, UNKNOWN = "yes", "no", "unknown"
OPEN, WAITING, FULL = "open", "waiting", "full"


@dataclass(frozen=True)
class Asks:
    """What somebody needs. `help` and `relief` are codes of Help and Relief of which one is enough.

    `language` ISO 639-3, `state` USPS, "" where not known; `is_child_alone` is None where nobody knows.
    """

    help: Sequence[str] = ()
    language: str = ""
    state: str = ""
    is_held: bool = False
    is_child_alone: bool | None = False
    relief: Sequence[str] = ()


@dataclass(frozen=True)
class Offers:
    """An organization as the match sees it; an empty list and "unknown" say that nobody knows."""

    id: int
    helps_with: Sequence[str] = ()
    languages: Sequence[str] = ()
    states: Sequence[str] = ()
    everywhere: bool = False
    takes_held: str = UNKNOWN
    takes_children: str = UNKNOWN
    relief: Sequence[str] = ()
    taking: str = UNKNOWN
    checked_on: date | None = None


@dataclass(frozen=True)
class Fit:
    """How one organization fits, in codes: what speaks for it, what nobody knows, what is against it."""

    id: int
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        return not self.against


def is_unchecked(checked_on: date | None, *, on: date) -> bool:
    """Tell whether nobody made sure within the last 180 days that what is known still holds."""
    return checked_on is None or on - checked_on >= timedelta(days=CHECK_DAYS)


def rank(asks: Asks, offers: Sequence[Offers], *, on: date) -> list[Fit]:
    """Return the organizations that suit first, then by what speaks for them; the order is advice."""
    fits = [fit(asks, one, on=on) for one in offers]
    return sorted(fits, key=lambda one: (len(one.against), -len(one.reasons), len(one.doubts)))


def fit(asks: Asks, offers: Offers, *, on: date) -> Fit:
    """Return how one organization fits. What is not known speaks neither for it nor against it."""
    told = dict(_told(asks, offers))
    doubts = [f"{code}_UNKNOWN" for code, answer in told.items() if answer == UNKNOWN]
    doubts += ["UNCHECKED"] if is_unchecked(offers.checked_on, on=on) else []
    return Fit(
        offers.id,
        reasons=[code for code, answer in told.items() if answer == YES],
        doubts=doubts,
        against=[f"NO_{code}" for code, answer in told.items() if answer == NO],
    )


def _told(asks: Asks, offers: Offers) -> Iterator[tuple[str, str]]:
    """Yield (code, yes, no or unknown) of each thing that matters to whoever asks."""
    if asks.help:
        yield "HELP", _among(asks.help, offers.helps_with)
    if asks.state:
        yield "STATE", YES if offers.everywhere else _among([asks.state], offers.states)
    if asks.language:
        yield "LANGUAGE", _among([asks.language], offers.languages)
    if asks.is_held:
        yield "HELD", offers.takes_held
    if asks.is_child_alone:
        yield "CHILDREN", offers.takes_children
    if asks.relief:
        yield "RELIEF", _among(asks.relief, offers.relief)
    yield "ROOM", {OPEN: YES, WAITING: YES, FULL: NO}.get(offers.taking, UNKNOWN)


def _among(wanted: Sequence[str], known: Sequence[str]) -> str:
    if not known:
        return UNKNOWN
    return YES if set(wanted) & set(known) else NO

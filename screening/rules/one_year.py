"""The one-year rule (INA 208(a)(2)(B)): arrival is day 0, and only a receipt stops it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from foundation.calendar import anniversary, roll_back, roll_forward
from screening.rules.facts import Facts
from screening.rules.filing import Filing
from screening.rules.seen import ADULT, Seen
from screening.rules.spans import ONE_DAY, Span, birthdays

# Arrivals before this day count from it: 8 CFR 208.4(a)(2)(ii) [to verify].
COUNTING_STARTS = date(1997, 4, 1)
# Kept or ended a reasonable time before filing, they may excuse a late one: 8 CFR 208.4(a)(5)(iv).
EXCUSING = {"visa", "parole", "tps"}


@dataclass(frozen=True)
class OneYear:
    """The dates of one span of arrival. `operative`: the day before the anniversary, back to a business day,
    the date staff work to. `outer`: the anniversary, forward to a business day, for staff only. Both are
    counted from the first day of the span, `outer_latest` from its last.
    """

    operative: date
    anniversary: date
    outer: date
    outer_latest: date
    approximate: bool

    def as_dict(self) -> dict[str, str]:
        return dict(self._text)

    @cached_property
    def _text(self) -> dict[str, str]:
        return {
            "operative": self.operative.isoformat(),
            "anniversary": self.anniversary.isoformat(),
            "outer": self.outer.isoformat(),
            "outer_latest": self.outer_latest.isoformat(),
        }


def outer_of(arrived: date) -> date:
    """Return the outer date of one day of arrival."""
    return roll_forward(anniversary(max(arrived, COUNTING_STARTS)))


@lru_cache(maxsize=4096)
def dates_of(arrival: Span, *, approximate: bool) -> OneYear:
    """Return the one-year dates of the days an arrival can mean."""
    due = anniversary(max(arrival.first, COUNTING_STARTS))
    return OneYear(
        operative=roll_back(due - ONE_DAY),
        anniversary=due,
        outer=roll_forward(due),
        outer_latest=outer_of(arrival.last),
        approximate=approximate,
    )


def is_asked(facts: Facts) -> bool:
    """Tell whether the one-year rule has a place at all: someone here who fears to return."""
    return facts.fear in ("yes", "unsure") and not facts.outside_us


def counts(facts: Facts, seen: Seen) -> bool:
    """Tell whether the year scores: not for a child alone under 18 by every reading (INA 208(a)(2)(E))."""
    return is_asked(facts) and (not facts.uac or seen.may_be_adult)


def one_year_of(facts: Facts, seen: Seen) -> OneYear | None:
    """Return the one-year dates, or None where the rule is not looked at, is met, or arrival is unknown."""
    running = seen.filing.running if is_asked(facts) else None
    if running is None or facts.arrival is None:
        return None
    return dates_of(running, approximate=not facts.arrival.is_exact)


def may_be_child_exception(seen: Seen) -> bool:
    """Tell whether someone may have been under 18 in the year after arrival (8 CFR 208.4(a)(5)(ii): may)."""
    return bool(seen.born and seen.arrival and birthdays(seen.born, ADULT).last > seen.arrival.first)


def status_kept(facts: Any, seen: Seen) -> Span | None:
    """Return the days a status can end on that may excuse a late filing (8 CFR 208.4(a)(5)(iv)), or None.

    Only those on or after the end of the year count. Students have no end: see `has_open_status`.
    """
    if facts.status_end is None or not EXCUSING & set(facts.status):
        return None
    last = facts.status_end.last_day()
    first = facts.status_end.first_day()
    if seen.arrival:
        first = max(first, outer_of(seen.arrival.first))
    return Span(first, last) if first <= last else None


def has_open_status(facts: Facts) -> bool:
    """Tell whether someone has, or had, a status whose end nobody named: students have none."""
    return facts.status_end is None and bool(EXCUSING & set(facts.status))


def late_receipt(filing: Filing) -> Iterator[str]:
    """Yield the code of a receipt that came after the year, or may have."""
    received, arrival = filing.received, filing.arrival
    if received is None or arrival is None or filing.is_returned:
        return
    if received.first > outer_of(arrival.last):
        yield "OYD_FILED_LATE"
    elif received.last > outer_of(arrival.first):
        yield "OYD_FILED_MAYBE_LATE"

"""The one-year rule (INA 208(a)(2)(B)): arrival is day 0, and only a receipt stops it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.calendar import anniversary, roll_back, roll_forward
from screening.rules.facts import Facts
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
        return {
            "operative": self.operative.isoformat(),
            "anniversary": self.anniversary.isoformat(),
            "outer": self.outer.isoformat(),
            "outer_latest": self.outer_latest.isoformat(),
        }


def outer_of(arrived: date) -> date:
    """Return the outer date of one day of arrival."""
    return roll_forward(anniversary(max(arrived, COUNTING_STARTS)))


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


@dataclass(frozen=True)
class Filing:
    """What papers show of the I-589, beside what is said (8 CFR 208.4, 208.8).

    The year stops where a receipt is not older than the last arrival and nothing was sent back after it: by
    every reading of all three dates (`is_filed`), or only by some (`may_be_filed`). `running` are the days of
    arrival for which it runs; None where there are none, or none is known.
    """

    received: Span | None
    arrival: Span | None
    is_returned: bool
    may_be_filed: bool
    is_filed: bool
    running: Span | None

    @property
    def is_before_arrival(self) -> bool:
        """Tell whether the receipt may be older than the last arrival, by its first reading."""
        return bool(self.received and self.arrival and self.received.first < self.arrival.first)


def filing_of(
    arrival: Span | None, received: Span | None, returned: Span | None, *, is_returned: bool
) -> Filing:
    """Return what the papers show. A return on a day nobody knows counts as after the receipt."""
    if received is None:
        return Filing(None, arrival, is_returned, may_be_filed=False, is_filed=False, running=arrival)
    back = is_returned and (returned is None or returned.last >= received.first)
    surely_back = back and (returned is None or returned.first >= received.last)
    is_filed = not back and arrival is not None and received.first >= arrival.last
    return Filing(
        received,
        arrival,
        back,
        may_be_filed=not surely_back and (arrival is None or received.last >= arrival.first),
        is_filed=is_filed,
        running=None if is_filed or arrival is None else _running(arrival, received, back=back),
    )


def _running(arrival: Span, received: Span, *, back: bool) -> Span:
    """Return the days of arrival that are later than the receipt; all of them where it came back."""
    if back or received.first < arrival.first:
        return arrival
    return Span(received.first + ONE_DAY, arrival.last)


def filing_seen(seen: Seen) -> Filing:
    return filing_of(seen.arrival, seen.received, seen.returned, is_returned=seen.is_returned)


def is_asked(facts: Facts) -> bool:
    """Tell whether the one-year rule has a place at all: someone here who fears to return."""
    return facts.fear in ("yes", "unsure") and not facts.outside_us


def counts(facts: Facts, seen: Seen) -> bool:
    """Tell whether the year scores: not for a child alone under 18 by every reading (INA 208(a)(2)(E))."""
    return is_asked(facts) and (not facts.uac or seen.may_be_adult)


def one_year_of(facts: Facts, seen: Seen) -> OneYear | None:
    """Return the one-year dates, or None where the rule is not looked at, is met, or arrival is unknown."""
    running = filing_seen(seen).running if is_asked(facts) else None
    if running is None or facts.arrival is None:
        return None
    return dates_of(running, approximate=not facts.arrival.is_exact)


def may_be_child_exception(seen: Seen) -> bool:
    """Tell whether someone may be under 18, or may have been during the year (8 CFR 208.4(a)(5)(ii): may)."""
    if seen.born is None:
        return False
    grown = birthdays(seen.born, ADULT).last
    return grown > seen.on or bool(seen.arrival and grown > seen.arrival.first)


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
    if received is None or arrival is None or filing.is_before_arrival or filing.is_returned:
        return
    if received.first > outer_of(arrival.last):
        yield "OYD_FILED_LATE"
    elif received.last > outer_of(arrival.first):
        yield "OYD_FILED_MAYBE_LATE"

"""Whether the I-589 was filed: sent is not filed, what came back stops nothing (8 CFR 208.4, 208.8)."""

from typing import NamedTuple

from screening.rules.spans import ONE_DAY, Span


class Filing(NamedTuple):
    """What papers show of the I-589, beside what is said (8 CFR 208.4, 208.8).

    The year stops where a receipt is not older than the last arrival and nothing was sent back after it: by
    every reading of all three dates (`is_filed`), or only by some (`may_be_filed`). `running` are the days of
    arrival for which it runs; None where there are none, or none is known.
    """

    received: Span | None
    arrival: Span | None
    is_returned: bool
    running: Span | None
    may_be_filed: bool = False
    is_filed: bool = False

    @property
    def is_before_arrival(self) -> bool:
        """Tell whether the receipt may be older than the last arrival, by its first reading."""
        return bool(self.received and self.arrival and self.received.first < self.arrival.first)


def filing_of(
    arrival: Span | None, received: Span | None, returned: Span | None, *, is_returned: bool
) -> Filing:
    """Return what the papers show. A return on a day nobody knows counts as after the receipt."""
    if received is None:
        return Filing(None, arrival, is_returned, running=arrival)
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

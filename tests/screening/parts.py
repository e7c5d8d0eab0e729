"""Facts with one date of which a part is known, and the days that part can mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from foundation.calendar import PartialDate
from screening.rules.spans import Span, happened, span_of

TODAY = date(2026, 11, 28)
HAPPENED = ("arrival", "denial_date", "i589_received", "i589_returned", "birth_date", "i485_received")
AHEAD = (
    *("individual_hearing", "master_hearing", "asylum_interview", "checkin", "notice_due"),
    *("i589_callup", "status_end"),
)
# Dates inside a list or an object: of a decision, of a receipt against it, of a grant, of a child.
INSIDE = ("date", "filed_received", "granted", "children")
DAYS_BEFORE = {"birth_date": 7000, "children": 7600}


@dataclass(frozen=True)
class Part:
    """A date called `fact`, and its value: a year or a month."""

    fact: str
    value: str

    @property
    def span(self) -> Span | None:
        """The days it can mean, cut at today; None where nothing is left of it."""
        day = PartialDate.parse(self.value)
        return span_of(day) if self.fact in AHEAD else happened(day, on=TODAY)

    def days(self) -> Iterator[str]:
        """Yield every day of a month; of a year each third, and its last."""
        span = self.span
        if span is None:
            return
        step = 1 if span.days <= 31 else 3
        for n in range(0, span.days, step):
            yield (span.first + timedelta(days=n)).isoformat()
        yield span.last.isoformat()

    def put(self, facts: dict, value: str | None) -> dict:
        """Return the facts with a day, the part, or nothing in the date's place."""
        if self.fact == "granted":
            return {**facts, "granted": value and {"date": value, "kind": "refugee"}}
        if self.fact == "children":
            return {**facts, "children": [{"birth_date": value}]}
        if self.fact not in ("date", "filed_received"):
            return {**facts, self.fact: value}
        first, *others = facts.get("decisions") or [{"by": "judge", "date": "2026-10-01", "filed": "appeal"}]
        return {**facts, "decisions": [{**first, self.fact: value}, *others]}


def _part(fact: str, days: int, length: int) -> Part:
    day = TODAY + timedelta(days=days - DAYS_BEFORE.get(fact, 0))
    return Part(fact, day.isoformat()[:length])


PARTS = st.builds(
    _part,
    st.sampled_from((*HAPPENED, *AHEAD, *INSIDE, *INSIDE)),
    st.integers(-800, 200) | st.integers(-60, 30),
    st.sampled_from([4, 7, 7]),
)

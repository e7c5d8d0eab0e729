"""The facts of one case as of a day: what its dates are counted from, each as the days it can mean."""

from datetime import date
from typing import NamedTuple

from cases.rules.facts import DeadlineFacts
from screening.rules.filing import Filing
from screening.rules.one_year import may_be_child_exception, status_kept
from screening.rules.seen import Seen, seen_of
from screening.rules.spans import Span


class Known(NamedTuple):
    """What triggers look at. The screening's own rules say what the papers and the decisions come to.

    `told` are the names of the facts that are known.
    """

    facts: DeadlineFacts
    on: date
    told: set[str]
    seen: Seen

    @property
    def filing(self) -> Filing:
        return self.seen.filing

    @property
    def may_be_child(self) -> bool:
        return may_be_child_exception(self.seen)

    @property
    def status_days(self) -> Span | None:
        """The days a status that may excuse a late filing can end on."""
        return status_kept(self.facts, self.seen)


def known_of(facts: DeadlineFacts, *, on: date, seen: Seen | None = None) -> Known:
    """Return the facts as of a day; `seen` where they were looked at before."""
    seen = seen or seen_of(facts, on=on)
    told = {name for name, value in facts._asdict().items() if value}
    return Known(facts, on, told, seen)

"""What open cases come to with other figures, beside what they come to now. Nothing is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.facts import known_of, screening_facts_of
from cases.models import Case
from foundation.vault.keys import opening_keys
from screening.rules import Assessment, assess
from screening.simulation import Change


@dataclass(frozen=True)
class Pair:
    """One case as the figures stand, and as it would come out."""

    case: Case
    now: Assessment
    then: Assessment

    @property
    def is_different(self) -> bool:
        """Tell whether outcome, band or codes differ; a score alone moves nothing."""
        return _said(self.now) != _said(self.then)


def _said(result: Any) -> tuple[str, str, set[str]]:
    return result.outcome, result.band, set(result.codes)


def try_change(cases: Iterable[Case], change: Change, *, on: date) -> Iterator[Pair]:
    """Screen cases twice, over all that is known of each, opened for all of them at once."""
    config, now = change.config, change.now
    with opening_keys():
        known = known_of(listed := list(cases), purpose="simulate")
        for case in listed:
            facts = screening_facts_of(known[case.pk], on=on)
            then = assess(facts, on=on, config=config, of=change.tables)
            yield Pair(case, assess(facts, on=on, config=now), then)


def summary_of(result: Any) -> dict[str, Any]:
    """Return what is kept of a result, or of a screening, to compare it by."""
    return {
        "outcome": result.outcome,
        "band": result.band,
        "score": result.score,
        "codes": list(result.codes),
    }

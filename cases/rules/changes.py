"""Why a date of a case moved, came or went: compared with what made it before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.data import deadline_rules
from cases.rules.facts import FLAGS, DeadlineFacts
from cases.rules.told import TOLD, case_dates

JUDGE, RULE, CALENDAR = "judge", "rule", "calendar"
# Papers that end a date: a receipt stops the year, another a refugee's.
PAPERS = ("i589_received", "i485_received")


@dataclass(frozen=True)
class Made:
    """What a date was made of: its days, the rule in words with its citation, the facts it used."""

    day: date | None
    rule: str
    citation: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    latest: date | None = None


def reasons_between(before: Made, after: Made) -> list[str]:
    """Return why a date is another one now: "fact:<name>", "judge", "rule", or else "calendar"."""
    found = _changed(before.inputs, after.inputs)
    if JUDGE not in found and (before.rule, before.citation) != (after.rule, after.citation):
        found.append(RULE)
    return found or [CALENDAR]


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return [JUDGE if name == "judge_dates" else f"fact:{name}" for name in names]


def reasons_gone(key: str, inputs: Mapping[str, Any], facts: DeadlineFacts, *, on: date) -> list[str]:
    """Return why a date has no place any more.

    The rule is no longer in the file; or a yes or no, or a receipt, stands in its way, found by turning each
    round and counting again; or the facts it was counted from are gone.
    """
    if key not in deadline_rules() and key not in TOLD:
        return [RULE]
    taken = [name for name in (*FLAGS, *PAPERS) if _has(key, _turned(facts, name), on=on)]
    if taken:
        return [f"fact:{name}" for name in taken]
    return [JUDGE if name == "judge_dates" else f"fact:{name}" for name in sorted(inputs)]


def _turned(facts: DeadlineFacts, name: str) -> DeadlineFacts:
    """Return the facts with one yes or no turned round, or without a paper."""
    turned: dict[str, Any] = {name: None if name in PAPERS else not getattr(facts, name)}
    return facts._replace(**turned)


def _has(key: str, facts: DeadlineFacts, *, on: date) -> bool:
    return any(due.key == key for due in case_dates(facts, on=on))

"""How the day a row of deadlines.csv starts with is found in the facts, and whether its conditions hold."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from cases.data import Rule
from cases.rules.counting import add_years
from cases.rules.facts import FLAGS, DeadlineFacts, Stop
from foundation.calendar import PartialDate
from screening.rules.one_year import COUNTING_STARTS

PARTIAL = "Only a part of this date is known: the first day it can mean is used."
BEFORE_1997 = "Arrivals before 1 April 1997 count from that day."
LEAP_DAY = "29 February counts to 28 February (office policy): no rule was found."


@dataclass(frozen=True)
class Trigger:
    """The day a row is counted from, or None where only a court says; the facts used; what to add in words;
    the stops of a clock that does not always run.
    """

    day: date | None
    inputs: dict[str, Any]
    notes: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()


Start = Callable[[DeadlineFacts], Trigger | None]


def _on(name: str, facts: DeadlineFacts) -> Trigger | None:
    """Return a fact that is a date, whole or partial."""
    day: date | PartialDate | None = getattr(facts, name)
    return None if day is None else _from(day, {name: day.isoformat()})


def _from(day: date | PartialDate, inputs: dict[str, Any]) -> Trigger:
    if isinstance(day, PartialDate):
        return Trigger(day.first_day(), inputs, () if day.is_exact else (PARTIAL,))
    return Trigger(day, inputs)


def _arrival(facts: DeadlineFacts) -> Trigger | None:
    """Arrival, for the one-year rule (INA 208(a)(2)(B))."""
    if facts.arrival is None:
        return None
    found = _from(facts.arrival, {"arrival": facts.arrival.isoformat()})
    day = max(facts.arrival.first_day(), COUNTING_STARTS)
    notes = found.notes if day == found.day else (*found.notes, BEFORE_1997)
    return Trigger(day, found.inputs, (*notes, *_coming_of_age(facts)))


def _coming_of_age(facts: DeadlineFacts) -> tuple[str, ...]:
    """Say when someone turns 18 and 21: what that changes is for a lawyer."""
    if facts.birth_date is None:
        return ()
    ages = (f"{age} on {add_years(facts.birth_date, age)}" for age in (18, 21))
    return (f"Turns {' and '.join(ages)}: a lawyer checks what that changes.",)


def _detained_hearing(facts: DeadlineFacts) -> Trigger | None:
    """In detention the court sets the date: there is none of its own."""
    if facts.detained_hearing:
        hearing = _on("detained_hearing", facts)
    else:
        hearing = _on("individual_hearing", facts) if facts.detained else None
    return hearing and Trigger(None, hearing.inputs, hearing.notes)


def _decided_by(who: str, facts: DeadlineFacts) -> Trigger | None:
    """Return a decision; the BIA's is the final order, a judge's is what can be appealed."""
    decision = facts.decision
    if decision is None or decision.by != who:
        return None
    return _from(decision.date, {"decision": decision.as_input()})


def _clock(facts: DeadlineFacts) -> Trigger | None:
    """The work-permit clock runs from receipt of a complete I-589 and stands during stops (8 CFR 208.7)."""
    if facts.i589_received is None:
        return None
    inputs: dict[str, Any] = {"i589_received": facts.i589_received.isoformat()}
    if facts.ead_stops:
        inputs["ead_stops"] = [stop.as_input() for stop in facts.ead_stops]
    return Trigger(facts.i589_received, inputs, stops=facts.ead_stops)


def _granted(kinds: Collection[str], facts: DeadlineFacts) -> Trigger | None:
    """Return a grant of one of these kinds."""
    grant = facts.granted
    if grant is None or grant.kind not in kinds:
        return None
    is_leap_day = (grant.date.month, grant.date.day) == (2, 29)
    inputs = {"granted": {"date": grant.date.isoformat(), "kind": grant.kind}}
    return Trigger(grant.date, inputs, (LEAP_DAY,) if is_leap_day else ())


def _turns(age: int, facts: DeadlineFacts) -> Trigger | None:
    """Return a birthday, and beside it the wish for the juvenile petition, due before the 21st."""
    if facts.birth_date is None:
        return None
    inputs = {"birth_date": facts.birth_date.isoformat(), **({"sij": True} if facts.sij else {})}
    return Trigger(add_years(facts.birth_date, age), inputs, _coming_of_age(facts))


def _is_on_the_merits(facts: DeadlineFacts) -> bool:
    """The printed rule's ten days do not reach a decision on the merits of asylum (8 CFR 1003.38(b)).

    Where nobody said whether it was one, the shorter time is shown.
    """
    return bool(facts.decision and facts.decision.asylum_merits)


STARTS: Mapping[str, Start] = {
    **{
        name: partial(_on, name)
        for name in (
            "individual_hearing",
            "master_hearing",
            "motion_filed_by_dhs",
            "briefing_schedule",
            "in_absentia_order",
            "fear_review_requested",
            "ead_expires",
            "annual_fee_notice",
            "moved",
            "notice_due",
        )
    },
    "arrival": _arrival,
    "hearing_in_detention": _detained_hearing,
    "judge_decision": partial(_decided_by, "judge"),
    "bia_decision": partial(_decided_by, "bia"),
    "asylum_office_decision": partial(_decided_by, "asylum_office"),
    "i589_received": _clock,
    "grant": partial(_granted, ("asylum", "refugee")),
    "asylum_grant": partial(_granted, ("asylum",)),
    "turns_18": partial(_turns, 18),
    "turns_21": partial(_turns, 21),
}
# Days counted from these tell somebody's birthday.
BIRTHDAYS = {"turns_18", "turns_21"}
CONDITIONS: Mapping[str, Callable[[DeadlineFacts], bool]] = {
    **{flag: attrgetter(flag) for flag in FLAGS},
    "asylum_merits": _is_on_the_merits,
}


def trigger_of(rule: Rule, facts: DeadlineFacts) -> Trigger | None:
    """Return what a row starts with, or None where its fact is not known or a condition does not hold."""
    if any(CONDITIONS[each.name](facts) is not each.holds for each in rule.only_if):
        return None
    return STARTS[rule.starts_with](facts)

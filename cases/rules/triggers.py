"""What starts each row of deadlines.csv, and when a row has no place (`applies_when`)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from cases.rules.counting import add_years
from cases.rules.facts import DeadlineFacts, Stop
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
    """The one-year rule: not where the I-589 is filed, nor for a child alone (INA 208(a)(2)(B), (E))."""
    if facts.arrival is None or facts.i589_filed or facts.uac:
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


def _not_detained(name: str, facts: DeadlineFacts) -> Trigger | None:
    return None if facts.detained else _on(name, facts)


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


def _ten_day_reading(facts: DeadlineFacts) -> Trigger | None:
    """The printed rule's ten days do not reach a decision on the merits of asylum (8 CFR 1003.38(b)).

    Where nobody said whether it was one, the shorter time is shown.
    """
    if facts.decision and facts.decision.asylum_merits:
        return None
    return _decided_by("judge", facts)


def _clock(facts: DeadlineFacts) -> Trigger | None:
    """The work-permit clock runs from receipt of a complete I-589 and stands during stops (8 CFR 208.7)."""
    if facts.i589_received is None:
        return None
    inputs: dict[str, Any] = {"i589_received": facts.i589_received.isoformat()}
    if facts.ead_stops:
        inputs["ead_stops"] = [stop.as_input() for stop in facts.ead_stops]
    return Trigger(facts.i589_received, inputs, stops=facts.ead_stops)


def _new_address_in_court(facts: DeadlineFacts) -> Trigger | None:
    return _on("moved", facts) if facts.in_proceedings else None


def _granted(kinds: Collection[str], facts: DeadlineFacts) -> Trigger | None:
    """Return a grant of one of these kinds."""
    grant = facts.granted
    if grant is None or grant.kind not in kinds:
        return None
    is_leap_day = (grant.date.month, grant.date.day) == (2, 29)
    inputs = {"granted": {"date": grant.date.isoformat(), "kind": grant.kind}}
    return Trigger(grant.date, inputs, (LEAP_DAY,) if is_leap_day else ())


def _twenty_first_birthday(facts: DeadlineFacts) -> Trigger | None:
    if not facts.sij or facts.birth_date is None:
        return None
    inputs = {"birth_date": facts.birth_date.isoformat(), "sij": True}
    return Trigger(add_years(facts.birth_date, 21), inputs, _coming_of_age(facts))


STARTS: Mapping[str, Start] = {
    "oyd_outer": _arrival,
    "oyd_operative": _arrival,
    "evidence_individual_nondetained": partial(_not_detained, "individual_hearing"),
    "evidence_detained": _detained_hearing,
    "master_nondetained": partial(_not_detained, "master_hearing"),
    "response_to_motion": partial(_on, "motion_filed_by_dhs"),
    "bia_appeal_court_order": partial(_decided_by, "judge"),
    "bia_appeal_reg_text": _ten_day_reading,
    "bia_brief": partial(_on, "briefing_schedule"),
    "mtr_reopen": partial(_decided_by, "bia"),
    "mtr_reconsider": partial(_decided_by, "bia"),
    "mtr_in_absentia": partial(_on, "in_absentia_order"),
    "pfr": partial(_decided_by, "bia"),
    "ij_cf_review": partial(_on, "fear_review_requested"),
    "ead_file": _clock,
    "ead_eligible": _clock,
    "ead_renew": partial(_on, "ead_expires"),
    "aaf_notice": partial(_on, "annual_fee_notice"),
    "ar11": partial(_on, "moved"),
    "eoir33": _new_address_in_court,
    "i730": partial(_granted, ("asylum", "refugee")),
    "asylee_gc": partial(_granted, ("asylum",)),
    "sij_21": _twenty_first_birthday,
    "rfe": partial(_on, "notice_due"),
}

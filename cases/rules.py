"""The dates of a case: facts in, a dated list out. Staff and lawyers read it; applicants never do."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cases.data import Rule, deadline_rules
from foundation.calendar import (
    PartialDate,
    add_business_days,
    anniversary,
    roll_back,
    roll_forward,
)

# Business days until a person must have looked at a new case (office policy).
LOOK_WITHIN = {"CRITICAL": 0, "HIGH": 2, "MEDIUM": 5, "ROUTINE": 10}
# Arrivals before this day count from it: 8 CFR 208.4(a)(2)(ii) [to verify].
COUNTING_STARTS = date(1997, 4, 1)


@dataclass(frozen=True)
class DeadlineFacts:
    """What the dates are counted from; None is not known."""

    arrival: PartialDate | None = None
    i589_filed: bool = False
    uac: bool = False
    detained: bool = False
    afraid: bool = True
    individual_hearing: PartialDate | None = None
    master_hearing: PartialDate | None = None
    judge_denied: PartialDate | None = None
    notice_due: PartialDate | None = None


@dataclass(frozen=True)
class DueDate:
    """One date. `unmoved_date` is the date before a weekend or holiday moved it; `date` may be None
    where only a court can set it. `status` is ahead, today, passed or open_ended."""

    key: str
    name: str
    date: datetime.date | None
    unmoved_date: datetime.date | None
    rule: str
    citation: str
    confidence: str
    status: str
    audience: str = "staff"
    inputs: dict[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Counted:
    """What one rule came to, before its words are added."""

    unmoved: date | None
    moved: date | None
    inputs: dict[str, Any]
    audience: str = "staff"
    note: str = ""


Count = Callable[[DeadlineFacts], Counted | None]


def deadlines(facts: DeadlineFacts, *, on: date) -> list[DueDate]:
    """Return every date that applies, sorted by date, those without one last."""
    counted = {key: count(facts) for key, count in RULES.items()}
    found = [due_date(key, result, on=on) for key, result in counted.items() if result]
    return sorted(found, key=lambda due: (due.date is None, due.date or on, due.key))


def due_date(key: str, counted: Counted, *, on: date) -> DueDate:
    """Put a counted date into the words of its rule."""
    rule = deadline_rules().get(key) or EVENTS[key]
    return DueDate(
        key=key,
        name=rule.name,
        date=counted.moved,
        unmoved_date=counted.unmoved,
        rule=rule.counting,
        citation=rule.citation,
        confidence=rule.confidence,
        status=status_of(counted.moved, on=on),
        audience=counted.audience,
        inputs=counted.inputs,
        note=counted.note or rule.note,
    )


def status_of(day: date | None, *, on: date) -> str:
    if day is None:
        return "open_ended"
    return "today" if day == on else "ahead" if day > on else "passed"


def look_within(band: str, opened_on: date) -> date:
    """Return the business day by which a person must have looked at a case opened that day."""
    return add_business_days(opened_on, LOOK_WITHIN[band])


def _one_year(facts: DeadlineFacts) -> date | None:
    """Return the anniversary of arrival where the one-year rule is looked at (INA 208(a)(2)(B), (E))."""
    if facts.arrival is None or facts.i589_filed or facts.uac or not facts.afraid:
        return None
    return anniversary(max(facts.arrival.first_day(), COUNTING_STARTS))


def oyd_operative(facts: DeadlineFacts) -> Counted | None:
    """The safe date: the day before the anniversary, back to a business day."""
    due = _one_year(facts)
    if due is None or facts.arrival is None:
        return None
    day_before = due - timedelta(days=1)
    return Counted(day_before, roll_back(day_before), _input("arrival", facts.arrival))


def oyd_outer(facts: DeadlineFacts) -> Counted | None:
    """The last day the rule can be read to allow: the anniversary, forward to a business day."""
    due = _one_year(facts)
    if due is None or facts.arrival is None:
        return None
    return Counted(due, roll_forward(due), _input("arrival", facts.arrival), audience="lawyer")


def individual_hearing(facts: DeadlineFacts) -> Counted | None:
    return _event("individual_hearing", facts.individual_hearing)


def master_hearing(facts: DeadlineFacts) -> Counted | None:
    return _event("master_hearing", facts.master_hearing)


def notice_due(facts: DeadlineFacts) -> Counted | None:
    return _event("notice_due", facts.notice_due)


def evidence_individual_nondetained(facts: DeadlineFacts) -> Counted | None:
    """Thirty days before the hearing, shown as the previous business day."""
    if facts.individual_hearing is None or facts.detained:
        return None
    due = facts.individual_hearing.first_day() - timedelta(days=30)
    return Counted(due, roll_back(due), _input("individual_hearing", facts.individual_hearing))


def evidence_detained(facts: DeadlineFacts) -> Counted | None:
    if facts.individual_hearing is None or not facts.detained:
        return None
    inputs = _input("individual_hearing", facts.individual_hearing)
    return Counted(None, None, inputs, note="set by the court")


def master_nondetained(facts: DeadlineFacts) -> Counted | None:
    """Fifteen days before a master hearing, shown as the previous business day."""
    if facts.master_hearing is None or facts.detained:
        return None
    due = facts.master_hearing.first_day() - timedelta(days=15)
    return Counted(due, roll_back(due), _input("master_hearing", facts.master_hearing))


def bia_appeal_court_order(facts: DeadlineFacts) -> Counted | None:
    """Thirty days from the decision, forward; disputed, so the earlier date stands beside it."""
    return _appeal(facts, 30, roll_forward)


def bia_appeal_reg_text(facts: DeadlineFacts) -> Counted | None:
    """Ten days from the decision as the printed regulation reads, shown as the business day before."""
    return _appeal(facts, 10, roll_back)


def _appeal(facts: DeadlineFacts, days: int, move: Callable[[date], date]) -> Counted | None:
    if facts.judge_denied is None:
        return None
    due = facts.judge_denied.first_day() + timedelta(days=days)
    return Counted(due, move(due), _input("judge_denied", facts.judge_denied), audience="lawyer")


def _event(key: str, day: PartialDate | None) -> Counted | None:
    if day is None:
        return None
    note = "" if day.is_exact else "Only a part of this date is known: the first day it can mean is shown."
    return Counted(day.first_day(), day.first_day(), _input(key, day), note=note)


def _input(key: str, day: PartialDate) -> dict[str, Any]:
    return {key: day.isoformat()}


EVENTS = {
    "individual_hearing": Rule(
        "individual_hearing",
        "Individual hearing",
        "",
        "hearing notice",
        "as told",
        "Check the hearing notice.",
    ),
    "master_hearing": Rule(
        "master_hearing", "Master hearing", "", "hearing notice", "as told", "Check the hearing notice."
    ),
    "notice_due": Rule(
        "notice_due",
        "A letter must be answered",
        "",
        "the letter itself",
        "as told",
        "Ask to see the letter.",
    ),
}
RULES: Mapping[str, Count] = {
    "oyd_operative": oyd_operative,
    "oyd_outer": oyd_outer,
    "individual_hearing": individual_hearing,
    "evidence_individual_nondetained": evidence_individual_nondetained,
    "evidence_detained": evidence_detained,
    "master_hearing": master_hearing,
    "master_nondetained": master_nondetained,
    "bia_appeal_court_order": bia_appeal_court_order,
    "bia_appeal_reg_text": bia_appeal_reg_text,
    "notice_due": notice_due,
}
